using System.Buffers;
using System.Text;

namespace Signalbox.Sdk.Redaction;

/// <summary>Tells secrets from identifiers, types and prose where only the neighbourhood speaks for a secret.</summary>
internal static class Plausibility
{
    private const int MaxUserInfo = 400;
    private const double LeastEntropy = 2.8;
    private static readonly SearchValues<char> EndsOfAuthority = SearchValues.Create("/?# \t\r\n\"'<>`");
    private static readonly SearchValues<char> EndsOfAddress = SearchValues.Create(" \t\r\n\"'<>`");
    private static readonly SearchValues<char> Identifier = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.?!:-/$@");

    /// <summary>Whether what follows <c>://</c> has a user before its host.</summary>
    public static bool HasUserInfo(ReadOnlySpan<char> text, int keywordEnd)
    {
        var rest = text.Slice(keywordEnd, Math.Min(MaxUserInfo, text.Length - keywordEnd));
        var end = rest.IndexOfAny(EndsOfAuthority);
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Contains('@'))
        {
            return true;
        }

        // A password with a slash in it that nobody escaped.
        var address = rest.IndexOfAny(EndsOfAddress) is var last and >= 0 ? rest[..last] : rest;
        return authority.Contains(':') && address.Contains('@');
    }

    /// <summary>Whether a sign of an assignment follows a name closely.</summary>
    public static bool HasSign(ReadOnlySpan<char> text, int keywordEnd)
    {
        var near = Near(text, keywordEnd);
        return near.ContainsAny('=', ':', '%') || near.Contains(" is ", StringComparison.OrdinalIgnoreCase) || near.Contains(" was ", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a quote follows a name closely.</summary>
    public static bool HasQuote(ReadOnlySpan<char> text, int keywordEnd) => Near(text, keywordEnd).ContainsAny('"', '\'', '`');

    public static bool NoPlaceholder(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret);

    /// <summary>Of letters and digits, or long: what a machine made.</summary>
    public static bool MixedValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && LooksMade(candidate.Secret);

    public static bool HeaderValue(in SecretCandidate candidate) =>
        !Placeholders.IsOne(candidate.Secret) && candidate.After != '(' && !IsCode(candidate.Secret) && (LooksMade(candidate.Secret) || !IsIdentifier(candidate.Secret));

    /// <summary>Base64 of a text with a colon in it.</summary>
    public static bool BasicCredentials(in SecretCandidate candidate)
    {
        var secret = candidate.Secret.TrimEnd('=');
        Span<byte> bytes = stackalloc byte[512];
        var whole = secret[..Math.Min(secret.Length / 4 * 4, 512)];
        return Convert.TryFromBase64Chars(whole, bytes, out var written) && bytes[..written].IndexOf((byte)':') >= 0 && Ascii.IsValid(bytes[..written]);
    }

    /// <summary>In quotes anything; otherwise what is no code, and with spaces around the sign, as programs are written, only what a machine made.</summary>
    public static bool ConnectionPassword(in SecretCandidate candidate) =>
        !Placeholders.IsOne(candidate.Secret)
        && (candidate.Before[^1] is '"' or '\''
            || (!IsCode(candidate.Secret) && (LooksMade(candidate.Secret) || (candidate.Before[^1] == '=' && !candidate.Before.Contains(" =", StringComparison.Ordinal) && candidate.Secret[^1] != ','))));

    public static bool OptionValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !IsCode(candidate.Secret) && (!IsWord(candidate.Secret) || LooksMade(candidate.Secret) || candidate.Before[^1] is '"' or '\'' or '=' || (IsPassword(candidate.Before) && candidate.Secret.ContainsAnyInRange('a', 'z')));

    public static bool VariableValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !IsPath(candidate.Secret) && candidate.Secret is not ['$', '(' or '{', ..] && candidate.Secret[0] != '`';

    public static bool YamlValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !IsPath(candidate.Secret) && !IsCode(candidate.Secret) && candidate.Secret[^1] is not (';' or ',')
        && (LooksMade(candidate.Secret) || (!IsWord(candidate.Secret) || (IsPassword(candidate.Before) && !IsCapitalised(candidate.Secret))));

    /// <summary>Passwords may be words and may hold spaces; tokens are made by machines.</summary>
    public static bool QuotedValue(in SecretCandidate candidate)
    {
        var secret = candidate.Secret;
        if (Placeholders.IsOne(secret) || IsPath(secret) || secret.Contains("{", StringComparison.Ordinal))
        {
            return false;
        }

        var isPassword = IsPassword(candidate.Before);
        if (secret.ContainsAny(' ', '\t'))
        {
            return isPassword && secret.Length <= 128 && secret.ContainsAnyInRange('0', '9') && !secret.EndsWith(".", StringComparison.Ordinal);
        }

        // After a comma stands the next of a list of names as often as a value; and a text without a single ASCII character is a label for people.
        return isPassword && !candidate.Before.Contains(",", StringComparison.Ordinal) ? secret.Length >= 4 && !IsCapitalised(secret) && secret.ContainsAnyInRange('0', 'z') : LooksMade(secret);
    }

    /// <summary>Without quotes the most may be meant: types, calls, members, words of a sentence.</summary>
    public static bool BareValue(in SecretCandidate candidate)
    {
        var secret = candidate.Secret.TrimEnd(".!?:");
        if (secret.Length < 4 || Placeholders.IsOne(secret) || IsPath(secret) || candidate.After is '(' or '<' or '[' or '{' || IsCode(secret))
        {
            return false;
        }

        // Parameters of URLs and fields of log lines are written without spaces, and a password in them may be a word.
        return LooksMade(secret)
            || (IsPassword(candidate.Before)
                && ((!IsIdentifier(secret) && secret.ContainsAnyInRange('0', '9'))
                    || (candidate.Before[^1] == '=' && !candidate.Before.Contains(" =", StringComparison.Ordinal) && candidate.After is not (')' or ',' or ';'))));
    }

    private static bool IsPassword(ReadOnlySpan<char> name) => name.Contains("pass", StringComparison.OrdinalIgnoreCase) || name.Contains("pwd", StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters and digits mixed, not a name of a program, and not repetitive.</summary>
    private static bool LooksMade(ReadOnlySpan<char> text)
    {
        if (text.Length < 6 || Entropy.Of(text) < Math.Min(LeastEntropy, Math.Log2(text.Length) - 0.6))
        {
            return false;
        }

        var (digits, letters, changes, pairs) = Count(text);
        return digits > 0 && letters > 0 ? digits >= 2 || changes >= 1 || text.Length >= 16 : text.Length >= 10 && pairs >= 2 && changes >= 2;
    }

    /// <returns>Digits, letters, capitals behind a letter of the other case, and capitals behind capitals.</returns>
    private static (int Digits, int Letters, int Changes, int Pairs) Count(ReadOnlySpan<char> text)
    {
        var (digits, letters, changes, pairs) = (0, 0, 0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            digits += char.IsAsciiDigit(text[index]) ? 1 : 0;
            letters += char.IsAsciiLetter(text[index]) ? 1 : 0;
            if (index > 0 && char.IsAsciiLetterUpper(text[index]))
            {
                changes += char.IsAsciiLetterLower(text[index - 1]) ? 1 : 0;
                pairs += char.IsAsciiLetterUpper(text[index - 1]) ? 1 : 0;
            }
        }

        return (digits, letters, changes, pairs);
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetter(c) && c is not ('-' or '_' or '.' or ',' or ':' or ';' or '!' or '?'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A label or a name of a program, in which few letters are capitals.</summary>
    private static bool IsCapitalised(ReadOnlySpan<char> text)
    {
        var capitals = 0;
        foreach (var c in text)
        {
            capitals += char.IsUpper(c) ? 1 : 0;
        }

        return char.IsUpper(text[0]) && IsWord(text) && capitals * 4 <= text.Length;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Identifier) && (char.IsLetter(text[0]) || text[0] is '_' or '$' or '@');

    /// <summary>As far as the rest of a name, a few spaces and a sign may reach.</summary>
    private static ReadOnlySpan<char> Near(ReadOnlySpan<char> text, int position) => text.Slice(position, Math.Min(28, text.Length - position));

    /// <summary>A member, a generic type, an operator.</summary>
    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.ContainsAny('(', ')') || text.Contains("=>", StringComparison.Ordinal) || text.Contains("::", StringComparison.Ordinal) || (IsWord(text) && text.Contains(".", StringComparison.Ordinal)) || text[0] is '=' or '<' or '>' or '{' or '[';

    private static bool IsPath(ReadOnlySpan<char> text) =>
        text[0] is '/' or '~' && text.Count('/') >= 2 && !text.ContainsAny('+', '=')
        || text.StartsWith("./", StringComparison.Ordinal)
        || text.StartsWith("../", StringComparison.Ordinal)
        || (text.Contains("://", StringComparison.Ordinal) && !text.Contains("@", StringComparison.Ordinal));
}
