using System.Net;
using System.Net.Sockets;

namespace Signalbox.Testing.Services;

/// <summary>A port on 127.0.0.1 that refuses every connection, and that nobody else can take before it is disposed.</summary>
public sealed class ClosedPort : IDisposable
{
    // Bound, so that the system gives the port to nobody else, and never listening, so that connections are refused.
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Address => new($"http://{_socket.LocalEndPoint}/");

    public void Dispose() => _socket.Dispose();
}
