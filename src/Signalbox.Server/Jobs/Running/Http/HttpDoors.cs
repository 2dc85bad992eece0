using System.Net;
using System.Net.Sockets;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>The ways out for HTTP jobs: one that reaches everything, and one for tenants that may reach the public internet only.</summary>
internal sealed class HttpDoors : IDisposable
{
    private readonly RunningOptions _options;
    private readonly HttpMessageInvoker _everywhere;
    private readonly HttpMessageInvoker _outside;

    public HttpDoors(RunningOptions options)
    {
        _options = options;
        _everywhere = new HttpMessageInvoker(Handler(options.Http.ConnectTimeout));
        var guarded = Handler(options.Http.ConnectTimeout);

        // A proxy would resolve names itself, behind the check's back.
        guarded.UseProxy = false;
        guarded.ConnectCallback = static (context, cancellationToken) => ConnectOutsideAsync(context.DnsEndPoint, cancellationToken);
        _outside = new HttpMessageInvoker(guarded);
    }

    public HttpMessageInvoker For(Telemetry.TenantId tenant) => _options.TrustedTenants.Contains(tenant.Value, StringComparer.Ordinal) ? _everywhere : _outside;

    public void Dispose()
    {
        _everywhere.Dispose();
        _outside.Dispose();
    }

    private static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,

        // The run's own span is passed on; this would put another in its place.
        ActivityHeadersPropagator = null,
    };

    private static async ValueTask<Stream> ConnectOutsideAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        // Looked up here and connected to by address, so that no second look-up can answer differently.
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, PublicAddress.Is);
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A job's address leads to where its tenant may not go.</summary>
internal sealed class AddressRefusedException(string host)
    : Exception($"{host} is an address of the server's own machine or network, which only tenants in jobs.trusted_tenants may call.");
