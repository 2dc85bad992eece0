using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Signalbox.Testing.Services;

/// <summary>Finds a free port on 127.0.0.1 for a program that cannot choose one itself.</summary>
/// <remarks>
/// The ports lie below those that systems give to outgoing connections, and each is handed out once: between the look and the program's own use of a
/// port nothing else takes it. Thread-safe.
/// </remarks>
public static class LoopbackPort
{
    private const int First = 10_000;
    private const int Count = 22_000;

    private static int _last = RandomNumberGenerator.GetInt32(Count);

    public static int Free()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _last) & int.MaxValue) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one may not be.
            }
        }
    }
}
