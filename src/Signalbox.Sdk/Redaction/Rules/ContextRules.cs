namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Secrets by where they stand: headers, URLs, connection strings, options of commands, assignments.</summary>
internal static class ContextRules
{
    /// <summary>What ends a name that holds a secret, any case.</summary>
    private const string Names =
        "pass(?:word|wd|phrase|code|wort)s?|pwd|pgpassword|secrets?|tokens?|credentials?|api[_-]?keys?|access[_-]?keys?|private[_-]?key|secret[_-]?key|auth[_-]?key|encryption[_-]?key|"
        + "signing[_-]?key|secret[_-]?key[_-]?base|[a-z0-9][_-]pass|account[_-]?key|master[_-]?key|storage[_-]?key|shared[_-]?key|session[_-]?key|license[_-]?key|app(?:lication)?[_-]?key|consumer[_-]?key|integration[_-]?key|hmac[_-]?key|"
        + "webhook[_-]?key|ingest[_-]?key|connection[_-]?string|access[_-]?key[_-]?id|auth";

    private static readonly string[] NameKeywords =
    [
        "password", "passwd", "passphrase", "passcode", "_pass", "-pass", "passwort", "pwd", "secret", "token", "credential", "apikey", "api_key", "api-key", "accesskey", "access_key", "access-key",
        "privatekey", "private_key", "private-key", "authkey", "auth_key", "auth-key", "encryptionkey", "encryption_key", "encryption-key", "signingkey", "signing_key", "signing-key",
        "accountkey", "account_key", "account-key", "masterkey", "master_key", "master-key", "storagekey", "storage_key", "storage-key", "sharedkey", "shared_key", "shared-key",
        "sessionkey", "session_key", "session-key", "licensekey", "license_key", "license-key", "appkey", "app_key", "app-key", "applicationkey", "application_key", "application-key",
        "consumerkey", "consumer_key", "consumer-key", "integrationkey", "integration_key", "integration-key", "hmackey", "hmac_key", "hmac-key", "webhookkey", "webhook_key", "webhook-key",
        "ingestkey", "ingest_key", "ingest-key", "connectionstring", "connection_string", "connection-string",
    ];

    public static IReadOnlyList<RedactionRule> All { get; } = [.. Headers, .. Addresses, .. Commands, .. Assignments];

    private static RedactionRule[] Headers =>
    [
        Line("authorization-header", "Credentials of an Authorization header",
            @"(?i:authorization)[""'\\\]]{0,4}\s{0,4}[:=,]\s{0,4}[""'\\]{0,4}(?:(?i:basic|bearer|token|bot|apikey|api-key|negotiate|ntlm|ssws|splunk|key|genie-?key|digest|aws4-hmac-sha256|oauth|hawk|signature)(?:\s{1,4}|%20|\+)(?<secret>[^\s""'\\,;]{4,}(?:,\s{0,2}[a-zA-Z]{1,20}=[^\s""',;]{4,}){0,20})|(?<secret>[^\s""'\\,;]{8,}))",
            Plausibility.HeaderValue, "authorization"),
        Line("bearer-token", "Bearer token", @"(?i:bearer)(?:\s|%20|\+){1,2}(?<secret>[A-Za-z0-9._~+/-]{12,}={0,2})" + Shape.End, Plausibility.MixedValue, "bearer"),
        Line("basic-credentials", "Basic credentials", @"(?i:basic)(?:\s|%20|\+){1,2}(?<secret>[A-Za-z0-9+/_-]{6,}={0,2})", Plausibility.BasicCredentials, "basic"),
        Line("cookie-header", "Cookies", @"(?:^|[\s\[(])(?i:set-cookie|cookie)\s{0,4}:\s{0,4}(?<secret>[A-Za-z0-9_.!#$%&*+^`|~-]{1,}=[^\r\n]{2,})", null, "cookie"),
        Line("cookie-value", "Cookies in quotes", @"[""'](?i:set-cookie|cookie)(?:\s{0,4}:\s{0,4}|\\?[""']\s{0,4}[:=,]\s{0,4}\\?[""'])(?<secret>[A-Za-z0-9_.!#$%&*+^`|~-]{1,}=[^\r\n""']{2,})", null, "cookie"),
        Line("api-key-header", "Key in a header of its own", @"(?i:x-(?:[a-z]{2,20}-){0,3}(?:key|token|secret|auth|signature)|(?:dd|api)-(?:api|application)-key|private-token|job-token|ocp-apim-subscription-key)[""'\\]{0,4}\s{0,4}[:=,]\s{0,4}[""'\\]{0,4}(?<secret>[^\s""'\\,;]{8,})",
            Plausibility.HeaderValue, "x-", "-api-key", "-application-key", "-token", "subscription-key"),
    ];

    private static RedactionRule[] Addresses =>
    [
        Line("database-url", "Password of a database's address",
            @"(?i:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|couchdb|nats|kafka|ldaps?|oracle|cassandra|influxdb|jdbc:[a-z]{2,20})://[^\s:@/""'<>]{0,}:(?<secret>[^\s""'<>`]{1,})@",
            Plausibility.NoPlaceholder, "://") with { Confirm = Plausibility.HasUserInfo },
        Line("url-credentials", "Password of a URL", @"(?i:[a-z][a-z0-9+.-]{1,20})://[^\s:@/?#""'<>]{0,}:(?<secret>[^\s/?#""'<>`]{1,})@", Plausibility.NoPlaceholder, "://") with { Confirm = Plausibility.HasUserInfo },
        Line("url-user-token", "Token as the user of a URL", @"(?i:[a-z][a-z0-9+.-]{1,20})://(?<secret>[A-Za-z0-9_.~%-]{16,})(?::[^\s/@]{0,20})?@", Plausibility.MixedValue, "://") with { Confirm = Plausibility.HasUserInfo },
        Line("url-parameter", "Secret parameter of a URL", @"(?:[?&;]|&amp;|\\u0026)(?i:[a-z0-9_.-]{0,24}(?:pass(?:word|wd)?|pwd|secret|token|jwt|api[_-]?key|access[_-]?key|code|auth|session|sid|key|signature|sig|hmac))=(?<secret>[^\s&#""'<>\\;]{6,})", Plausibility.MixedValue,
            "pass", "pwd=", "secret=", "token=", "jwt=", "key=", "code=", "auth=", "session=", "sid=", "signature=", "sig=", "hmac="),
        Line("connection-string", "Password of a connection string", @"(?i:(?:^|[;""'\s])(?:password|pwd|accountkey|sharedaccesskey|access\s?key|secret))\s{0,4}=\s{0,4}(?:""(?<secret>[^""\r\n]{1,})""|'(?<secret>[^'\r\n]{1,})'|(?<secret>[^;\s""'&]{1,}))\s{0,4}(?:;|[""']|$)",
            Plausibility.ConnectionPassword, "password", "pwd", "key", "secret"),
        new()
        {
            Id = "netrc", Description = "Password of a .netrc", Pattern = @"(?i:login)\s+\S{1,}\s+(?i:password)\s+(?<secret>\S{1,})", Keywords = ["login"], Filter = Plausibility.NoPlaceholder,
        },
    ];

    private static RedactionRule[] Commands =>
    [
        Line("command-option", "Secret as an option of a command",
            @"(?:^|[\s""'\[,=])--?(?i:[a-z0-9_.-]{0,32}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|auth[_-]?key|account[_-]?key|license[_-]?key|app[_-]?key|credentials?))(?:=|[""']?,?\s{1,4})(?:""(?<secret>[^""\r\n]{3,})""|'(?<secret>[^'\r\n]{3,})'|(?<secret>[^\s""'-][^\s""',]{2,}))",
            Plausibility.OptionValue, NameKeywords),
        Line("command-user", "User and password of curl and the like", @"(?:^|[^A-Za-z0-9_.-])(?i:curl|wget|http|https|ab|hey)\s[^\r\n]{0,}?(?:-u|--user|--proxy-user|-U)[ =]?[""']?[^\s:""']{1,}:(?<secret>[^\s""']{1,})", Plausibility.NoPlaceholder, "curl", "wget", "http "),
        Line("command-password", "Password of a command's short option", @"(?:^|[^A-Za-z0-9_.-])(?:(?:mysql|mysqldump|mysqladmin|mariadb|sshpass|redis-cli|mongo|mongosh|docker\s+login|podman\s+login|helm\s+registry\s+login|az\s+login|kinit|ldapsearch|7z)\s(?:[^\r\n]{0,}?\s)?(?:-p|-a|-w)|(?:sqlcmd|unzip)\s(?:[^\r\n]{0,}?\s)?-P)[ =]?[""']?(?<secret>[^\s""'-][^\s""']{3,})",
            Plausibility.OptionValue, "mysql", "mariadb", "sshpass", "redis-cli", "mongo", "docker", "podman", "helm", "az login", "kinit", "sqlcmd", "ldapsearch", "7z", "unzip"),
    ];

    private static RedactionRule[] Assignments =>
    [
        Line("xml-element", "Secret in an XML element", @"<(?i:[a-z0-9_.:-]{0,64}(?:" + Names + @"))(?:\s[^<>]{0,})?>(?:<!\[CDATA\[)?\s{0,8}(?<secret>[^<>\r\n]{3,})(?:\]\]>\s{0,8})?</", Plausibility.QuotedValue, NameKeywords),
        Line("named-value", "Secret beside its name", @"(?i:name|key)[""']{0,2}\s{0,2}[=:]\s{0,2}[""'](?i:[a-z0-9_.:-]{0,64}(?:" + Names + @"))[""'],?\s{1,4}[""']{0,2}(?i:value)[""']{0,2}\s{0,2}[=:]\s{0,2}[""'](?<secret>[^""'\r\n]{3,})[""']", Plausibility.QuotedValue, NameKeywords),
        Line("env-secret", "Secret in a variable of the environment", @"(?:^|\s|[;&(])(?:export\s+|set\s+|ENV\s+|-e\s+)?[A-Z0-9_]{0,64}(?:PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|SECRETS?|TOKENS?|CREDENTIALS?|_KEY|APIKEY|_AUTH|CONNECTION_?STRING|DSN)=(?<secret>[^\s""'][^\s]{3,})",
            Plausibility.VariableValue, "pass", "pwd=", "secret", "token", "credential", "_key=", "apikey=", "_auth=", "string=", "dsn="),
        Line("yaml-secret", "Secret in a line of YAML", @"^\s{0,64}(?:-\s{1,4})?[""']?(?i:[a-z0-9_.-]{0,64}(?:" + Names + @"))[""']?:\s{1,8}(?<secret>[^\s""'|>{\[&*!#][^\s#]{3,})\s{0,8}(?:#[^\r\n]*)?\r?$", Plausibility.YamlValue, NameKeywords) with { Confirm = Plausibility.HasSign },
        Line("quoted-secret", "Secret assigned in quotes", @"(?i:" + Names + @"|identified\s{1,4}by)(?i:[_-]?value)?[0-9]{0,2}(?:(?:\\?[""'`]|\])?\]?\s{0,4}(?::=|=>|==?|:|,|\()\s{0,4}|\s{1,4})(?:@|b|r|u|f|\$)?(?:\\""(?<secret>(?:[^""\\\r\n]){3,})\\""|""(?<secret>(?:[^""\\\r\n]|\\.){3,})(?:""|$)|'(?<secret>(?:[^'\\\r\n]|\\.){3,})(?:'|$)|`(?<secret>[^`\r\n]{3,})`)",
            Plausibility.QuotedValue, [.. NameKeywords, "identified"]) with { Confirm = Plausibility.HasQuote },
        Line("assigned-secret", "Secret assigned without quotes", @"(?i:" + Names + @")[0-9]{0,2}(?:\\?[""']|\])?\s{0,4}(?::=|=>|=|:|%3[Dd]|\s(?:is|was)\s)\s{0,4}(?<secret>[^\s""'`,;&<>|(){}\[\]\\]{4,})", Plausibility.BareValue, [.. NameKeywords, "auth"]) with { Confirm = Plausibility.HasSign },
    ];

    private static RedactionRule Line(string id, string description, string pattern, MatchCheck? filter, params string[] keywords) => new()
    {
        Id = id,
        Description = description,
        Pattern = pattern,
        Keywords = keywords,
        Multiline = false,
        Filter = filter,
    };
}
