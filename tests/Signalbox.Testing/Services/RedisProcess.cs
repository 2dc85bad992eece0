using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real Redis on a random loopback port with a folder of its own; what it acknowledged is on disk.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly TemporaryFolder _folder;
    private readonly IReadOnlyList<string> _arguments;
    private ChildProcess _process;

    private RedisProcess(ChildProcess process, TemporaryFolder folder, IReadOnlyList<string> arguments, int port)
    {
        _process = process;
        _folder = folder;
        _arguments = arguments;
        Port = port;
    }

    public int Port { get; }

    public static async Task<RedisProcess> StartAsync(CancellationToken cancellationToken, params string[] moreArguments)
    {
        DebianPackage.Redis.Require();
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        string[] arguments =
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder.Path, "--save", string.Empty, "--appendonly", "yes", .. moreArguments,
        ];
        return new RedisProcess(await LaunchAsync(arguments, cancellationToken), folder, arguments, port);
    }

    /// <summary>Stops it without ending it (SIGSTOP).</summary>
    public void Freeze() => _process.Signal(Stop);

    public void Thaw() => _process.Signal(Continue);

    /// <summary>Ends it and starts it again on the same port.</summary>
    /// <param name="keepData">False deletes everything in between.</param>
    public async Task RestartAsync(bool keepData, CancellationToken cancellationToken)
    {
        _process.Signal(Terminate);
        await _process.WaitForExitAsync(cancellationToken);
        await _process.DisposeAsync();
        if (!keepData)
        {
            Directory.Delete(_folder.Path, recursive: true);
            Directory.CreateDirectory(_folder.Path);
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
        var process = ChildProcess.Start(DebianPackage.Redis.Program, arguments);
        await process.WaitForLineAsync("Ready to accept connections", cancellationToken);
        return process;
    }
}
