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

    public static bool NoPlaceholder(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret);

    /// <summary>Of letters and digits, or long: what a machine made.</summary>
    public static bool MixedValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && LooksMade(candidate.Secret);

    public static bool HeaderValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && candidate.After != '(' && (LooksMade(candidate.Secret) || !IsIdentifier(candidate.Secret));

    /// <summary>Base64 of a text with a colon in it.</summary>
    public static bool BasicCredentials(in SecretCandidate candidate)
    {
        var secret = candidate.Secret.TrimEnd('=');
        Span<byte> bytes = stackalloc byte[512];
        var whole = secret[..Math.Min(secret.Length / 4 * 4, 512)];
        return Convert.TryFromBase64Chars(whole, bytes, out var written) && bytes[..written].IndexOf((byte)':') >= 0 && Ascii.IsValid(bytes[..written]);
    }

    /// <summary>A password of a connection string: a semicolon follows, or it does not look like a word of a program.</summary>
    public static bool ConnectionPassword(in SecretCandidate candidate) =>
        !Placeholders.IsOne(candidate.Secret) && (!IsIdentifier(candidate.Secret) || LooksMade(candidate.Secret) || (candidate.After == ';' && candidate.Before.Contains("=", StringComparison.Ordinal) && !candidate.Before.Contains(" =", StringComparison.Ordinal)));

    public static bool OptionValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !candidate.Secret.StartsWith("--", StringComparison.Ordinal) && (!IsWord(candidate.Secret) || candidate.Before[^1] is '"' or '\'' or '=');

    public static bool VariableValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !IsPath(candidate.Secret) && candidate.Secret is not ['$', '(' or '{', ..] && candidate.Secret[0] != '`';

    public static bool YamlValue(in SecretCandidate candidate) => !Placeholders.IsOne(candidate.Secret) && !IsPath(candidate.Secret) && !IsWord(candidate.Secret) && !IsCode(candidate.Secret) && candidate.Secret[^1] != ';';

    /// <summary>Passwords may be words and may hold spaces; tokens are made by machines.</summary>
    public static bool QuotedValue(in SecretCandidate candidate)
    {
        var secret = candidate.Secret;
        if (Placeholders.IsOne(secret) || IsPath(secret) || secret.Contains("{", StringComparison.Ordinal))
        {
            return false;
        }

        var isPassword = candidate.Before.Contains("pass", StringComparison.OrdinalIgnoreCase) || candidate.Before.Contains("pwd", StringComparison.OrdinalIgnoreCase);
        if (secret.ContainsAny(' ', '\t'))
        {
            return isPassword && secret.Length <= 128 && secret.ContainsAnyInRange('0', '9') && !secret.EndsWith(".", StringComparison.Ordinal);
        }

        return isPassword ? secret.Length >= 4 && !IsCapitalised(secret) : LooksMade(secret);
    }

    /// <summary>Without quotes the most may be meant: types, calls, members, words of a sentence.</summary>
    public static bool BareValue(in SecretCandidate candidate)
    {
        var secret = candidate.Secret.TrimEnd(".!?:");
        if (secret.Length < 4 || Placeholders.IsOne(secret) || IsPath(secret) || candidate.After is '(' or '<' or '[' or '{' || IsCode(secret))
        {
            return false;
        }

        return LooksMade(secret) || (!IsIdentifier(secret) && secret.ContainsAnyInRange('0', '9') && candidate.Before.Contains("pass", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Letters and digits mixed, not a name of a program, and not repetitive.</summary>
    private static bool LooksMade(ReadOnlySpan<char> text)
    {
        if (text.Length < 6 || Entropy.Of(text) < Math.Min(LeastEntropy, Math.Log2(text.Length) - 0.6))
        {
            return false;
        }

        var (digits, letters, changes) = Count(text);
        return digits > 0 && letters > 0 ? digits >= 2 || changes >= 2 || text.Length >= 16 : text.Length >= 24 && changes >= 6;
    }

    /// <summary>Changes between lower and upper case within words, other than a capital at the beginning of one.</summary>
    private static (int Digits, int Letters, int Changes) Count(ReadOnlySpan<char> text)
    {
        var (digits, letters, changes) = (0, 0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            digits += char.IsAsciiDigit(text[index]) ? 1 : 0;
            letters += char.IsAsciiLetter(text[index]) ? 1 : 0;
            changes += index > 1 && char.IsAsciiLetterUpper(text[index]) && char.IsAsciiLetterUpper(text[index - 1]) != char.IsAsciiLetterUpper(text[index - 2]) ? 1 : 0;
        }

        return (digits, letters, changes);
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

    private static bool IsCapitalised(ReadOnlySpan<char> text) => char.IsUpper(text[0]) && IsWord(text);

    private static bool IsIdentifier(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Identifier) && (char.IsLetter(text[0]) || text[0] is '_' or '$' or '@');

    /// <summary>A member, a generic type, an operator.</summary>
    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.ContainsAny('(', ')') || text.Contains("=>", StringComparison.Ordinal) || text.Contains("::", StringComparison.Ordinal) || (IsWord(text) && text.Contains(".", StringComparison.Ordinal)) || text[0] is '=' or '<' or '>';

    private static bool IsPath(ReadOnlySpan<char> text) =>
        text[0] is '/' or '~' && text.Count('/') >= 2 && !text.ContainsAny('+', '=')
        || text.StartsWith("./", StringComparison.Ordinal)
        || text.StartsWith("../", StringComparison.Ordinal)
        || (text.Contains("://", StringComparison.Ordinal) && !text.Contains("@", StringComparison.Ordinal));
}
