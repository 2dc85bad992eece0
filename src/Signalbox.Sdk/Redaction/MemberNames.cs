namespace Signalbox.Sdk.Redaction;

/// <summary>What of a member is erased because of its name.</summary>
internal enum MemberMask
{
    /// <summary>Nothing: its text is scanned like any other.</summary>
    None,

    /// <summary>Its text; numbers stay, and an object below it goes by the names of its own members.</summary>
    Text,

    /// <summary>Everything below it but what is null, true or false.</summary>
    Everything,
}

/// <summary>Knows members that hold secrets by the last words of their names, so <c>newPassword</c> is one and <c>passwordPolicy</c> is not.</summary>
internal sealed class MemberNames
{
    private const int MaxLength = 96;

    private static readonly string[] Everything =
    [
        "password", "passwords", "passwd", "passphrase", "passcode", "passwort", "pwd", "pgpassword", "secret", "secrets", "client secret", "secret value", "credential", "credentials",
        "authorization", "cookie", "cookies", "set cookie", "connection string", "connection strings", "connectionstring", "private key", "privatekey", "password hash", "password confirmation",
        "password repeat", "password again", "recovery code", "recovery codes", "backup codes", "otp", "totp", "cvv", "cvc", "kubeconfig", "netrc", "pgpass", "htpasswd",
    ];

    private static readonly string[] Text =
    [
        "token", "tokens", "apikey", "api key", "api keys", "apikeys", "access key", "accesskey", "secret key", "secretkey", "secret access key", "account key", "shared access key", "storage key",
        "master key", "encryption key", "signing key", "hmac key", "auth key", "session key", "license key", "shared key", "app key", "application key", "integration key", "consumer key",
        "ssh key", "pem", "sas", "jwt", "bearer", "auth", "client key data", "accesstoken", "refreshtoken", "authtoken", "idtoken", "bottoken", "webhook secret", "subscription key", "ingest key",
    ];

    /// <summary>Names that end as those above and hold none.</summary>
    private static readonly string[] Harmless =
    [
        "page token", "next token", "continuation token", "cancellation token", "stop token", "sync token", "input tokens", "output tokens", "max tokens", "total tokens", "prompt tokens",
        "completion tokens", "cached tokens", "token tokens", "fencing token", "lease token", "change token", "token type", "public ssh key",
    ];

    /// <summary>Words behind a name that change nothing: <c>passwordValue</c>, <c>token2</c>.</summary>
    private static readonly string[] Followers = ["value", "text", "raw", "plain", "plaintext", "base", "b", "encoded", "string", "current", "old", "new", "previous", "default"];

    /// <summary>Of lower-case names run together the end is compared: <c>dbpassword</c>.</summary>
    private static readonly string[] Endings = ["password", "passwd", "passphrase", "apikey", "secretkey", "privatekey", "clientsecret", "accesstoken", "authtoken"];

    private readonly Dictionary<string, Phrase[]>.AlternateLookup<ReadOnlySpan<char>> _byLastWord;

    public MemberNames(IReadOnlyList<string> masked, IReadOnlyList<string> allowed)
    {
        // Allowed phrases come first, so that they win over those that hold secrets.
        var phrases = new Dictionary<string, Phrase[]>(StringComparer.Ordinal);
        Add(phrases, [.. allowed.Select(Normal)], MemberMask.None);
        Add(phrases, [.. masked.Select(Normal)], MemberMask.Everything);
        Add(phrases, Harmless, MemberMask.None);
        Add(phrases, Everything, MemberMask.Everything);
        Add(phrases, Text, MemberMask.Text);
        _byLastWord = phrases.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a word is an option whose value is the word behind it, and a secret: <c>--password</c>.</summary>
    public bool IsOption(string word) => word.Length is > 1 and <= MaxLength && word[0] == '-' && !word.AsSpan().ContainsAny(' ', '=') && Of(word) != MemberMask.None;

    public MemberMask Of(ReadOnlySpan<char> name)
    {
        Span<char> buffer = stackalloc char[MaxLength * 2];
        var words = Normalise(name.Length > MaxLength ? name[^MaxLength..] : name, buffer);
        while (!words.IsEmpty)
        {
            var last = words[(words.LastIndexOf(' ') + 1)..];
            if (_byLastWord.TryGetValue(last, out var phrases))
            {
                foreach (var phrase in phrases)
                {
                    var length = phrase.Words.Length;
                    if (words.EndsWith(phrase.Words, StringComparison.Ordinal) && (words.Length == length || words[^(length + 1)] == ' '))
                    {
                        return phrase.Mask;
                    }
                }
            }

            foreach (var ending in Endings)
            {
                if (last.EndsWith(ending, StringComparison.Ordinal))
                {
                    return MemberMask.Everything;
                }
            }

            if (!IsFollower(last))
            {
                return MemberMask.None;
            }

            words = words[..(words.Length - last.Length)].TrimEnd(' ');
        }

        return MemberMask.None;
    }

    private static void Add(Dictionary<string, Phrase[]> phrases, IReadOnlyList<string> names, MemberMask mask)
    {
        foreach (var name in names)
        {
            var last = name[(name.LastIndexOf(' ') + 1)..];
            phrases[last] = [.. phrases.GetValueOrDefault(last, []), new Phrase(name, mask)];
        }
    }

    private static bool IsFollower(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyExceptInRange('0', '9'))
        {
            return true;
        }

        foreach (var follower in Followers)
        {
            if (word.SequenceEqual(follower))
            {
                return true;
            }
        }

        return false;
    }

    private static string Normal(string name)
    {
        Span<char> buffer = stackalloc char[MaxLength * 2];
        return Normalise(name.Length > MaxLength ? name.AsSpan()[^MaxLength..] : name, buffer).ToString();
    }

    /// <summary>Words in lower case with one space between: <c>X-API-Key</c>, <c>xApiKey</c> and <c>x_api_key</c> are all <c>x api key</c>; digits are a word of their own.</summary>
    private static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        for (var index = 0; index < name.Length; index++)
        {
            var c = name[index];
            if (!char.IsLetterOrDigit(c))
            {
                if (length > 0 && buffer[length - 1] != ' ')
                {
                    buffer[length++] = ' ';
                }

                continue;
            }

            if (length > 0 && buffer[length - 1] != ' ' && StartsWord(name, index))
            {
                buffer[length++] = ' ';
            }

            buffer[length++] = char.ToLowerInvariant(c);
        }

        return buffer[..length].TrimEnd(' ');
    }

    private static bool StartsWord(ReadOnlySpan<char> name, int index)
    {
        var (before, c) = (name[index - 1], name[index]);
        return char.IsUpper(c)
            ? !char.IsUpper(before) || (index + 1 < name.Length && char.IsLower(name[index + 1]))
            : char.IsDigit(c) != char.IsDigit(before);
    }

    /// <summary>The end of a name, and what is erased because of it.</summary>
    private sealed record Phrase(string Words, MemberMask Mask);
}
