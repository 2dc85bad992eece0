using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.App;

/// <summary>Opens the server's sockets and marks each connection with the one it came in on.</summary>
internal static class ServerListeners
{
    public static void Configure(KestrelServerOptions kestrel, HostOptions options)
    {
        kestrel.AddServerHeader = false;
        foreach (var address in options.Urls)
        {
            Listen(kestrel, options, address, Listener.Main, HttpProtocols.Http1AndHttp2);
        }

        if (options.OtlpHttp is { } http)
        {
            Listen(kestrel, options, http, Listener.OtlpHttp, HttpProtocols.Http1AndHttp2);
        }

        if (options.OtlpGrpc is { } grpc)
        {
            Listen(kestrel, options, grpc, Listener.OtlpGrpc, HttpProtocols.Http2);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, HostOptions options, ListenAddress address, Listener listener, HttpProtocols protocols) =>
        kestrel.Listen(address.Address, address.Port, endpoint =>
        {
            // Without TLS there is no negotiation, so one protocol has to be named.
            endpoint.Protocols = address.Tls || protocols == HttpProtocols.Http2 ? protocols : HttpProtocols.Http1;
            if (address.Tls)
            {
                var (certificate, chain) = LoadCertificate(options);
                endpoint.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ServerCertificateChain = chain;
                });
            }

            var feature = new ListenerFeature(listener);
            endpoint.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
        });

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadCertificate(HostOptions options)
    {
        try
        {
            // Clients know the root alone, so what stands between it and our own certificate is sent along.
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.TlsCertificate!);
            return (X509Certificate2.CreateFromPemFile(options.TlsCertificate!, options.TlsKey), chain);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException($"The certificate in tls.certificate ({options.TlsCertificate}) and tls.key ({options.TlsKey}) cannot be used: {exception.Message}", exception);
        }
    }
}
