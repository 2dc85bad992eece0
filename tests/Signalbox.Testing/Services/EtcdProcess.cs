using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real etcd of one member on random loopback ports with a folder of its own.</summary>
public sealed class EtcdProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly TemporaryFolder _folder;
    private readonly IReadOnlyList<string> _arguments;
    private ChildProcess _process;

    private EtcdProcess(ChildProcess process, TemporaryFolder folder, IReadOnlyList<string> arguments, int port)
    {
        _process = process;
        _folder = folder;
        _arguments = arguments;
        Port = port;
    }

    public int Port { get; }

    /// <param name="tls">Whether clients come with TLS; the certificate's flags are then among <paramref name="moreArguments"/>.</param>
    public static async Task<EtcdProcess> StartAsync(CancellationToken cancellationToken, bool tls = false, params string[] moreArguments)
    {
        DebianPackage.Etcd.Require();
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        var client = string.Create(CultureInfo.InvariantCulture, $"{(tls ? "https" : "http")}://127.0.0.1:{port}");
        var peer = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}");
        string[] arguments =
        [
            "--name", "test", "--data-dir", folder.File("data"), "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", $"test={peer}", .. moreArguments,
        ];
        return new EtcdProcess(await LaunchAsync(arguments, cancellationToken), folder, arguments, port);
    }

    /// <summary>Stops it without ending it (SIGSTOP).</summary>
    public void Freeze() => _process.Signal(Stop);

    public void Thaw() => _process.Signal(Continue);

    /// <summary>Ends it and starts it again on the same ports.</summary>
    /// <param name="keepData">False deletes everything in between.</param>
    public async Task RestartAsync(bool keepData, CancellationToken cancellationToken)
    {
        _process.Signal(Terminate);
        await _process.WaitForExitAsync(cancellationToken);
        await _process.DisposeAsync();
        if (!keepData)
        {
            Directory.Delete(_folder.File("data"), recursive: true);
        }

        _process = await LaunchAsync(_arguments, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ChildProcess> LaunchAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(DebianPackage.Etcd.Program, arguments);
        await process.WaitForLineAsync("ready to serve client requests", cancellationToken);
        return process;
    }
}
