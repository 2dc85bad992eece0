using System.Net;
using System.Net.Sockets;

namespace Signalbox.Runner.Tests.Metrics;

/// <summary>A server that takes every connection and never answers.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public BlackHole() => _listener.Start();

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public void Dispose() => _listener.Dispose();
}
