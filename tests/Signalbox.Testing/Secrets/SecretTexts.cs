namespace Signalbox.Testing.Secrets;

/// <summary>Samples whose secret is a part of something longer: keys in armour, addresses, connection strings, headers.</summary>
internal static class SecretTexts
{
    public static IEnumerable<SecretSample> Create(Func<string, string> fill)
    {
        foreach (var label in (string[])["RSA ", "EC ", "OPENSSH ", "ENCRYPTED ", string.Empty])
        {
            yield return Armour("private-key", $"{label}PRIVATE KEY", fill);
        }

        yield return Armour("pgp-private-key", "PGP PRIVATE KEY BLOCK", fill);
        foreach (var (kind, pattern) in Parts)
        {
            var text = fill(pattern);
            var start = text.IndexOf('«', StringComparison.Ordinal);
            var end = text.IndexOf('»', StringComparison.Ordinal);
            yield return new SecretSample(kind, kind, text[(start + 1)..end], text.Replace("«", string.Empty, StringComparison.Ordinal).Replace("»", string.Empty, StringComparison.Ordinal));
        }
    }

    /// <summary>The secret stands between « and ».</summary>
    private static readonly (string Kind, string Pattern)[] Parts =
    [
        ("jwt", "session ey+J{w34}.ey+J{w120}.«{w43}» opened"),
        ("basic-credentials", "Authorization: Basic «dXNlcjp{a20}»"),
        ("bearer-token", "Authorization: Bearer «{w40}»"),
        ("cookie-header", "Cookie: theme=dark; sid=«{a32}»; lang=en"),
        ("cookie-header", "Set-Cookie: session=«{w40}»; Path=/; HttpOnly"),
        ("url-credentials", "git clone https://robot:«{a20}»@git.example.org/a/b.git"),
        ("url-user-token", "git clone https://«{a40}»@git.example.org/a/b.git"),
        ("database-url", "postgres://app:«{a16}»@db.example.org:5432/app?sslmode=require"),
        ("database-url", "mysql://app:«{a8}/{a8}»@db.example.org/app"),
        ("database-url", "mongodb+srv://app:«{a16}»@cluster0.example.net/app"),
        ("database-url", "redis://:«{a24}»@cache.example.org:6379/0"),
        ("database-url", "amqps://worker:«{a24}»@mq.example.org/vhost"),
        ("connection-string", "Server=tcp:db.example.org,1433;Database=app;User Id=app;Password=«{a18}»;Encrypt=True;"),
        ("connection-string", "Host=db;Username=app;Password=\"«{a6}; {a6}»\";Pooling=true"),
        ("azure-storage-key", "DefaultEndpointsProtocol=https;AccountName=store;AccountKey=«{b86}»==;EndpointSuffix=core.windows.net"),
        ("azure-shared-access-key", "Endpoint=sb://bus.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«{b43}»="),
        ("azure-sas", "https://store.blob.core.windows.net/c/b?sv=2022-11-02&sp=r&sig=«{a43}%3D»"),
        ("aws-signature", "https://bucket.s3.amazonaws.com/key?X-Amz-Expires=60&X-Amz-Signature=«{h64}»"),
        ("slack-webhook", "https://hooks.slack.com/services/«T{u8}/B{u8}/{a24}»"),
        ("discord-webhook", "https://discord.com/api/webhooks/«{d18}/{w68}»"),
        ("sentry-dsn", "https://«{h32}»@o12345.ingest.sentry.io/67890"),
        ("gcp-service-account", "\"private_key_id\": \"«{h40}»\","),
        ("docker-auth", "\"registry.example.org\": [\"auth\": \"«{a40}»\"]"),
        ("npm-config", "//registry.npmjs.org/:_authToken=«{a36}»"),
        ("netrc", "machine git.example.org login robot password «{a20}»"),
        ("command-user", "curl -fsS -u robot:«{a20}» https://example.org/"),
        ("command-password", "mysql -h db -u root -p«{a14}» app"),
        ("command-option", "tool --password «{a14}» --verbose"),
        ("xml-element", "<settings><dbPassword>«{a16}»</dbPassword></settings>"),
        ("named-value", "<add key=\"ApiKey\" value=\"«{a32}»\" />"),
        ("password-hash", "app:$2+b$12$«{a53}»:19000:0"),
        ("signalbox-sign-in-link", "Open http://127.0.0.1:7070/sign-in#link=«{w43}» to sign in"),
        ("kubernetes-client-key", "    client-key-data: «{b120}»=="),
        ("kubeadm-token", "kubeadm join 10.0.0.1:6443 --token «{l6}.{l16}»"),
        ("wireguard-key", "PrivateKey = «{b43}»="),
        ("putty-private-key", "Private-Lines: 2\n«{b64}\n{b40}»\nPrivate-MAC: 00"),
    ];

    private static SecretSample Armour(string kind, string label, Func<string, string> fill)
    {
        var body = string.Join('\n', Enumerable.Range(0, 12).Select(_ => fill("{b64}")));
        return new SecretSample(kind, kind, body, $"-----BEGIN {label}-----\n{body}\n-----END {label}-----");
    }
}
