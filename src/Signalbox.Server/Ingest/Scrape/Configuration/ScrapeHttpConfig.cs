namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>How targets are spoken to.</summary>
/// <remarks>Files hold secrets that may change; they are read at each scrape.</remarks>
internal sealed record ScrapeHttpConfig
{
    /// <summary>Null without basic authentication.</summary>
    public BasicCredentials? Basic { get; init; }

    /// <summary>Null without an authorization header.</summary>
    public BearerCredentials? Authorization { get; init; }

    public TlsConfig Tls { get; init; } = new(null, null, null, null, false);

    public bool FollowRedirects { get; init; } = true;

    public bool Compression { get; init; } = true;

    public bool Http2 { get; init; } = true;
}

/// <summary>User and password, each given or in a file.</summary>
internal sealed record BasicCredentials(string? User, string? UserFile, string? Password, string? PasswordFile);

/// <summary>A scheme and its credentials, given or in a file.</summary>
internal sealed record BearerCredentials(string Scheme, string? Credentials, string? CredentialsFile);

/// <summary>What TLS trusts and shows; null members are the system's defaults.</summary>
internal sealed record TlsConfig(string? CaFile, string? CertificateFile, string? KeyFile, string? ServerName, bool SkipVerify);
