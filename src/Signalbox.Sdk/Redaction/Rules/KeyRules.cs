using static Signalbox.Sdk.Redaction.Rules.Shape;

namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Private keys, Signalbox's own secrets, and hashes of passwords.</summary>
internal static class KeyRules
{
    /// <summary>What the body of an armoured key may consist of, line ends written as escapes and the marks of quoted or indented lines included.</summary>
    private const string Body = @"[A-Za-z0-9+/=\s\\"",:;.|>#*_-]";

    public static IReadOnlyList<RedactionRule> All { get; } =
    [
        // To the end line where there is one, otherwise as far as the body goes: a key that was cut off is still a key.
        Block("private-key", "Private key (PEM: PKCS#1, PKCS#8, SEC 1, OpenSSH, encrypted)", @"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----", @"-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----", "PRIVATE KEY-----"),
        Block("pgp-private-key", "PGP private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----", "-----END PGP PRIVATE KEY BLOCK-----", "PRIVATE KEY BLOCK-----"),
        Block("ssh2-private-key", "SSH private key in the form of RFC 4716", "---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----", "---- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----", "PRIVATE KEY ----"),
        new()
        {
            Id = "private-key-end", Description = "End of a private key whose beginning is missing",
            Pattern = @"(?<secret>(?:[A-Za-z0-9+/=]{16,}(?:\s|\\[nr])+)+-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)", Keywords = ["PRIVATE KEY"], StopWords = [],
        },
        new()
        {
            Id = "putty-private-key", Description = "PuTTY private key", Pattern = @"Private-Lines: ?[0-9]+(?:\s|\\[nr])+(?<secret>(?:[A-Za-z0-9+/=]+(?:\s|\\[nr])*)+)", Keywords = ["private-lines:"], StopWords = [],
        },
        Near("wireguard-key", "WireGuard private or preshared key", "privatekey|presharedkey", "[A-Za-z0-9+/]{43}=", "privatekey", "presharedkey"),
        Token("signalbox-token", "Token of Signalbox", Start + @"(?<secret>sbx_[A-Za-z0-9_-]{40,})", 40, "sbx_"),
        Token("signalbox-sign-in-link", "One-time sign-in link of Signalbox", @"sign-in(?:#|%23)link(?:=|%3[Dd])(?<secret>[A-Za-z0-9_%-]{16,})", 16, "sign-in#link=", "sign-in%23link="),
        Token("password-hash", "Hash of a password", @"(?<secret>\$(?:2[abxy]|5|6|7|y|gy|apr1|sha1|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]{0,8})\$[./A-Za-z0-9$=,+_-]{16,})", 8, "$2a$", "$2b$", "$2x$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$gy$", "$apr1$", "$sha1$", "$argon2", "$scrypt", "$pbkdf2"),
    ];

    private static RedactionRule Block(string id, string description, string begin, string end, string keyword) => new()
    {
        Id = id,
        Description = description,
        Pattern = $@"(?<secret>{begin}(?:[\s\S]{{1,}}?{end}|{Body}{{16,}}))",
        Keywords = [keyword],
        StopWords = [],
    };
}
