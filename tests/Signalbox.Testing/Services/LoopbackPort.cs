using System.Net;
using System.Net.Sockets;

namespace Signalbox.Testing.Services;

/// <summary>Finds a free port on 127.0.0.1 for a program that cannot choose one itself.</summary>
public static class LoopbackPort
{
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
