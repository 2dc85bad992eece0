using System.Net;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;

namespace Signalbox.Server.App;

/// <summary>Where the server listens and keeps its data.</summary>
internal sealed record HostOptions
{
    public required string DataFolder { get; init; }

    public required IReadOnlyList<ListenAddress> Urls { get; init; }

    /// <summary>Null when OTLP over HTTP has no port of its own.</summary>
    public required ListenAddress? OtlpHttp { get; init; }

    /// <summary>Null when OTLP over gRPC is off.</summary>
    public required ListenAddress? OtlpGrpc { get; init; }

    /// <summary>PEM files for https addresses; null without.</summary>
    public required string? TlsCertificate { get; init; }

    public required string? TlsKey { get; init; }

    /// <summary>Who may say where a request came from.</summary>
    public ProxyOptions Proxies { get; init; } = new();

    /// <summary>How long a stop may take: finish requests, flush stores, exit.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    public static HostOptions Read(SettingsReader settings)
    {
        var options = new HostOptions
        {
            DataFolder = settings.Text("data", "./data", "Folder that holds everything Signalbox keeps."),
            Urls = ReadAddresses(settings),
            OtlpHttp = ReadOptional(settings, "otlp_http", "http://127.0.0.1:4318", "Address for OTLP over HTTP, or off."),
            OtlpGrpc = ReadOptional(settings, "otlp_grpc", "http://127.0.0.1:4317", "Address for OTLP over gRPC, or off."),
            TlsCertificate = settings.OptionalText("tls.certificate", "PEM file with the certificate chain for https addresses."),
            TlsKey = settings.OptionalText("tls.key", "PEM file with the private key for https addresses."),
            Proxies = ProxyOptions.Read(settings),
            ShutdownTimeout = settings.Duration("shutdown_timeout", TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "Longest time a stop may take."),
        };
        var wantsTls = options.Urls.Append(options.OtlpHttp).Append(options.OtlpGrpc).Any(static address => address?.Tls == true);
        if (wantsTls && (options.TlsCertificate is null || options.TlsKey is null))
        {
            settings.Fail("tls.certificate", "An https address needs both tls.certificate and tls.key.");
        }

        return options;
    }

    private static List<ListenAddress> ReadAddresses(SettingsReader settings)
    {
        const string Key = "urls";
        var text = settings.Text(Key, "http://127.0.0.1:7070", "Addresses of console and API, separated by semicolons.");
        var addresses = new List<ListenAddress>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ListenAddress.TryParse(part, out var address))
            {
                addresses.Add(address);
            }
            else
            {
                settings.Fail(Key, $"'{part}' is not allowed; write http://ADDRESS:PORT or https://ADDRESS:PORT, for example http://127.0.0.1:7070.");
            }
        }

        if (addresses.Count == 0)
        {
            settings.Fail(Key, "At least one address is needed, for example http://127.0.0.1:7070.");
        }

        return addresses;
    }

    private static ListenAddress? ReadOptional(SettingsReader settings, string key, string defaultValue, string help)
    {
        var text = settings.Text(key, defaultValue, help);
        if (text == "off")
        {
            return null;
        }

        if (ListenAddress.TryParse(text, out var address))
        {
            return address;
        }

        settings.Fail(key, $"'{text}' is not allowed; write off, or http://ADDRESS:PORT, for example {defaultValue}.");
        return null;
    }
}

/// <summary>One socket to listen on.</summary>
/// <param name="Host">As written, for messages.</param>
/// <param name="Port">0 lets the system choose.</param>
internal sealed record ListenAddress(string Host, IPAddress Address, int Port, bool Tls)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    public static bool TryParse(string text, out ListenAddress address)
    {
        address = new ListenAddress(string.Empty, IPAddress.None, 0, false);
        var wildcard = text.Replace("://*:", "://0.0.0.0:", StringComparison.Ordinal).Replace("://+:", "://0.0.0.0:", StringComparison.Ordinal);
        if (!Uri.TryCreate(wildcard, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var ip = uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed : null;
        if (ip is null)
        {
            return false;
        }

        address = new ListenAddress(uri.Host, ip, uri.Port, uri.Scheme == "https");
        return true;
    }

    public override string ToString() => $"{(Tls ? "https" : "http")}://{Host}:{Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
