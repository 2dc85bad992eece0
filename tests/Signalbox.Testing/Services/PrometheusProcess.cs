using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real Prometheus on a random loopback port with a folder of its own.</summary>
public sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private PrometheusProcess(ChildProcess process, TemporaryFolder folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public string DataFolder => _folder.File("data");

    public string Output => _process.Output;

    /// <summary>Starts it with a configuration and waits until it is ready; the test is skipped when it is not installed.</summary>
    public static async Task<PrometheusProcess> StartAsync(string configuration, CancellationToken cancellationToken, params string[] moreFlags)
    {
        var program = DebianPackage.Prometheus.Require();
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
        var process = ChildProcess.Start(
            program,
            [
                $"--config.file={folder.Write("prometheus.yml", configuration)}",
                $"--storage.tsdb.path={folder.File("data")}",
                $"--web.listen-address=127.0.0.1:{port}",
                .. moreFlags,
            ]);
        await process.WaitForLineAsync("Server is ready to receive web requests", cancellationToken);
        return new PrometheusProcess(process, folder, new Uri($"http://127.0.0.1:{port}/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
