using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Signalbox.Testing.Services;

/// <summary>Finds a free port on 127.0.0.1 for a program that cannot choose one itself.</summary>
/// <remarks>
/// The ports lie below those that systems give to outgoing connections, and each is handed out once. A process takes them from a block that no other process
/// of tests has, which a locked file says: between the look and the program's own use of a port nothing else takes it. Thread-safe.
/// </remarks>
public static class LoopbackPort
{
    private const int First = 10_000;
    private const int BlockLength = 100;
    private const int Blocks = 220;

    private static readonly Lock Gate = new();
    private static readonly List<FileStream> Held = [];
    private static int _block = RandomNumberGenerator.GetInt32(Blocks);
    private static int _next = BlockLength;

    public static int Free()
    {
        lock (Gate)
        {
            while (true)
            {
                if (_next == BlockLength)
                {
                    TakeBlock();
                }

                var port = First + (_block * BlockLength) + _next++;
                if (IsFree(port))
                {
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void TakeBlock()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"signalbox-test-ports-{Environment.UserName}")).FullName;
        for (var tried = 0; tried < Blocks; tried++)
        {
            _block = (_block + 1) % Blocks;
            try
            {
                // Open, and so locked, for as long as this process lives.
                Held.Add(new FileStream(Path.Combine(folder, _block.ToString(CultureInfo.InvariantCulture)), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                _next = 0;
                return;
            }
            catch (IOException)
            {
                // Another process has it.
            }
        }

        throw new InvalidOperationException("Every block of ports is held by some process of tests.");
    }
}
