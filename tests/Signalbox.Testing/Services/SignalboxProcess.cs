using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Testing.Services;

/// <summary>The published server, started as a user starts it, on random loopback ports with a folder of its own.</summary>
public sealed class SignalboxProcess : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly int[] _ports;
    private readonly string[] _moreFlags;

    private SignalboxProcess(ChildProcess process, TemporaryFolder? ownFolder, string dataFolder, int[] ports, string[] moreFlags)
    {
        Process = process;
        _ownFolder = ownFolder;
        _ports = ports;
        _moreFlags = moreFlags;
        DataFolder = dataFolder;
        Address = At(ports[0]);
        OtlpHttp = At(ports[1]);
        OtlpGrpc = At(ports[2]);
    }

    public ChildProcess Process { get; }

    public string DataFolder { get; }

    public Uri Address { get; }

    public Uri OtlpHttp { get; }

    public Uri OtlpGrpc { get; }

    public string AdminToken => File.ReadAllText(Path.Combine(DataFolder, "admin-token")).Trim();

    /// <summary>The program's path; the test is skipped, visibly, when it is not built.</summary>
    public static string RequireProgram()
    {
        var program = RepositoryRoot.File("artifacts", "publish", "signalbox", "signalbox");
        if (!File.Exists(program))
        {
            Assert.Skip($"{program} is not built; ./run --build-only builds it.");
        }

        return program;
    }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    /// <param name="dataFolder">Kept afterwards; null for a temporary one.</param>
    public static async Task<SignalboxProcess> StartAsync(CancellationToken cancellationToken, string? dataFolder = null, params string[] moreFlags)
    {
        RequireProgram();
        var ownFolder = dataFolder is null ? new TemporaryFolder() : null;
        int[] ports = [LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free()];
        return await StartAsync(ownFolder, dataFolder ?? ownFolder!.File("data"), ports, moreFlags, cancellationToken);
    }

    /// <summary>Starts it once more after it ended: same ports, same folder.</summary>
    public Task<SignalboxProcess> StartAgainAsync(CancellationToken cancellationToken) => StartAsync(ownFolder: null, DataFolder, _ports, _moreFlags, cancellationToken);

    /// <summary>The one-time link that it prints while nobody has a password.</summary>
    public async Task<string> SignInLinkAsync(CancellationToken cancellationToken)
    {
        var line = await Process.WaitForLineAsync("/sign-in#link=", cancellationToken);
        return line[line.IndexOf("http", StringComparison.Ordinal)..].Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static async Task<SignalboxProcess> StartAsync(TemporaryFolder? ownFolder, string dataFolder, int[] ports, string[] moreFlags, CancellationToken cancellationToken)
    {
        var process = ChildProcess.Start(
            RequireProgram(),
            ["serve", "--data", dataFolder, "--urls", Text(ports[0]), "--otlp-http", Text(ports[1]), "--otlp-grpc", Text(ports[2]), .. moreFlags]);
        try
        {
            await process.WaitForLineAsync("listens on", cancellationToken);
        }
        catch
        {
            await process.DisposeAsync();
            ownFolder?.Dispose();
            throw;
        }

        return new SignalboxProcess(process, ownFolder, dataFolder, ports, moreFlags);
    }

    private static Uri At(int port) => new(Text(port));

    private static string Text(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
