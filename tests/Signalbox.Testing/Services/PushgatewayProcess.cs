using System.Globalization;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Testing.Services;

/// <summary>A real Pushgateway on a random loopback port.</summary>
public sealed class PushgatewayProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private PushgatewayProcess(ChildProcess process, TemporaryFolder folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it listens; the test is skipped when it is not installed.</summary>
    /// <param name="webConfiguration">Of the exporter toolkit, for basic authentication; null for none.</param>
    public static async Task<PushgatewayProcess> StartAsync(CancellationToken cancellationToken, string? webConfiguration = null)
    {
        var program = DebianPackage.Pushgateway.Require();
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
        string[] more = webConfiguration is null ? [] : [$"--web.config.file={folder.Write("web.yml", webConfiguration)}"];

        // Debian's keeps what it was pushed in a file of the machine, which the next one would begin with.
        var process = ChildProcess.Start(program, [$"--web.listen-address=127.0.0.1:{port}", $"--persistence.file={folder.File("data")}", "--web.enable-admin-api", .. more]);
        await process.WaitForLineAsync("TLS is", cancellationToken);
        var gateway = new PushgatewayProcess(process, folder, new Uri($"http://127.0.0.1:{port}/"));
        await gateway.WaitAsync(cancellationToken);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>It says that it listens before it does.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        await Eventually.HoldsAsync(
            "the gateway answers",
            async () =>
            {
                using var response = await http.GetAsync(Address, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
