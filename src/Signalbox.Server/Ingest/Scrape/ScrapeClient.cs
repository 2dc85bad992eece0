using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Fetches the expositions of the targets of one configuration.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ScrapeClient : IDisposable
{
    private readonly ScrapeConfig _config;
    private readonly HttpClient _http;

    public ScrapeClient(ScrapeConfig config)
    {
        _config = config;
        _http = new HttpClient(CreateHandler(config.Http)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 };
    }

    /// <exception cref="ScrapeException">The target cannot be reached, answers with an error, or with too much.</exception>
    public async Task<Exposition> FetchAsync(Uri url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            using var request = await CreateRequestAsync(url, timeout, cancellationToken);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"The target answered with HTTP status {(int)response.StatusCode} {response.ReasonPhrase}."));
            }

            return new Exposition(await ReadAsync(response, cancellationToken), ExpositionContentType.FormatOf(response.Content.Headers.ContentType?.ToString()));
        }
        catch (HttpRequestException exception)
        {
            // The inner message says more only where the outer one does not repeat it, as with TLS.
            var inner = exception.InnerException?.Message;
            throw new ScrapeException(inner is null || exception.Message.Contains(inner, StringComparison.Ordinal) ? exception.Message : $"{exception.Message} {inner}", exception);
        }
        catch (WireLimitException exception)
        {
            throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"The answer is longer than body_size_limit = {_config.Limits.BodyBytes} bytes."), exception) { Limit = "body_size_limit" };
        }
        catch (Exception exception) when (exception is WireFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ScrapeException(exception.Message, exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<PooledBytes> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var maxBytes = (int)_config.Limits.BodyBytes;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = await BoundedDecompression.ReadAsync(stream, maxBytes, cancellationToken);
        switch (response.Content.Headers.ContentEncoding.LastOrDefault())
        {
            case null or "identity":
                return body;
            case "gzip":
                using (body)
                {
                    return BoundedDecompression.Gunzip(body.Memory, maxBytes);
                }

            case var other:
                body.Dispose();
                throw new ScrapeException($"The answer is compressed as '{other}', which was not asked for.");
        }
    }

    private async Task<HttpRequestMessage> CreateRequestAsync(Uri url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = _config.Http.Http2 && url.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", ExpositionContentType.Accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", _config.Http.Compression ? "gzip" : "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", "Signalbox/1");
        request.Headers.TryAddWithoutValidation("X-Prometheus-Scrape-Timeout-Seconds", timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (_config.Http.Basic is { } basic)
        {
            var user = basic.User ?? await ReadSecretAsync(basic.UserFile, cancellationToken);
            var password = basic.Password ?? await ReadSecretAsync(basic.PasswordFile, cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }
        else if (_config.Http.Authorization is { } authorization)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(authorization.Scheme, authorization.Credentials ?? await ReadSecretAsync(authorization.CredentialsFile, cancellationToken));
        }

        return request;
    }

    private static async Task<string> ReadSecretAsync(string? file, CancellationToken cancellationToken) => file is null ? string.Empty : (await File.ReadAllTextAsync(file, cancellationToken)).Trim();

    private static SocketsHttpHandler CreateHandler(ScrapeHttpConfig config)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = config.FollowRedirects,
            MaxAutomaticRedirections = 10,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        var tls = config.Tls;
        if (tls.ServerName is { } name)
        {
            handler.SslOptions.TargetHost = name;
        }

        if (tls.CertificateFile is not null)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile)];
        }

        // With insecure_skip_verify the configuration's author takes any certificate for this job.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || tls.SkipVerify;
        if (tls.CaFile is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(tls.CaFile);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}

/// <summary>What a target answered.</summary>
/// <param name="Text">Owned by the receiver.</param>
internal sealed record Exposition(PooledBytes Text, ExpositionFormat Format) : IDisposable
{
    public void Dispose() => Text.Dispose();
}
