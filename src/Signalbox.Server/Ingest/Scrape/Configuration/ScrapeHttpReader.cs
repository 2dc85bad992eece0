using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>Reads how targets are spoken to: authentication, TLS, redirects, compression.</summary>
internal static class ScrapeHttpReader
{
    public static ScrapeHttpConfig Read(SettingsSection section)
    {
        var basic = section.Section("basic_auth") is { } basicSection ? ReadBasic(basicSection) : null;
        var authorization = section.Section("authorization") is { } authorizationSection ? ReadAuthorization(authorizationSection) : null;
        var token = section.Text("bearer_token");
        var tokenFile = FileOf(section, "bearer_token_file");
        if (new[] { basic is not null, authorization is not null, token is not null, tokenFile is not null }.Count(static given => given) > 1)
        {
            section.Fail("authorization", "At most one of basic_auth, authorization, bearer_token and bearer_token_file may be given.");
        }

        return new ScrapeHttpConfig
        {
            Basic = basic,
            Authorization = authorization ?? (token is null && tokenFile is null ? null : new BearerCredentials("Bearer", token, tokenFile)),
            Tls = section.Section("tls_config") is { } tls ? ReadTls(tls) : new TlsConfig(null, null, null, null, false),
            FollowRedirects = section.Switch("follow_redirects", true),
            Compression = section.Switch("enable_compression", true),
            Http2 = section.Switch("enable_http2", true),
        };
    }

    private static BasicCredentials ReadBasic(SettingsSection section)
    {
        var credentials = new BasicCredentials(section.Text("username"), FileOf(section, "username_file"), section.Text("password"), FileOf(section, "password_file"));
        NotBoth(section, "username", "username_file");
        NotBoth(section, "password", "password_file");
        section.Finish();
        return credentials;
    }

    private static BearerCredentials ReadAuthorization(SettingsSection section)
    {
        var scheme = (section.Text("type") ?? "Bearer").Trim();
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || scheme.Any(char.IsWhiteSpace) || scheme.Length == 0)
        {
            section.Fail("type", $"'{scheme}' is not allowed; for Basic there is basic_auth.");
        }

        var credentials = new BearerCredentials(scheme, section.Text("credentials"), FileOf(section, "credentials_file"));
        NotBoth(section, "credentials", "credentials_file");
        section.Finish();
        return credentials;
    }

    private static TlsConfig ReadTls(SettingsSection section)
    {
        var config = new TlsConfig(FileOf(section, "ca_file"), FileOf(section, "cert_file"), FileOf(section, "key_file"), section.Text("server_name"), section.Switch("insecure_skip_verify", false));
        if (config.CertificateFile is null != config.KeyFile is null)
        {
            section.Fail("cert_file", "cert_file and key_file belong together.");
        }

        foreach (var (key, file) in new[] { ("ca_file", config.CaFile), ("cert_file", config.CertificateFile), ("key_file", config.KeyFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                section.Fail(key, $"There is no file {file}.");
            }
        }

        section.Finish();
        return config;
    }

    private static void NotBoth(SettingsSection section, string key, string fileKey)
    {
        if (section.Has(key) && section.Has(fileKey))
        {
            section.Fail(fileKey, $"At most one of {key} and {fileKey} may be given.");
        }
    }

    private static string? FileOf(SettingsSection section, string key) => section.Text(key) is { } file ? Path.GetFullPath(Path.Combine(section.BaseFolder, file)) : null;
}
