using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Knows the main address of this server, which is known only once its socket is open.</summary>
internal sealed class SelfAddress
{
    private readonly IServer _server;
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SelfAddress(IServer server, IHostApplicationLifetime lifetime)
    {
        _server = server;
        lifetime.ApplicationStarted.Register(() => _known.TrySetResult());
    }

    /// <summary>Completes when the sockets are open.</summary>
    public Task Known => _known.Task;

    /// <summary>Host and port, as a scraper would name this target.</summary>
    public string Instance =>
        _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority : "signalbox";
}
