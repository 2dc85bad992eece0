using System.Net.Http.Headers;
using System.Text.Json;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;

namespace Signalbox.Bench;

/// <summary>One server under measurement, with a folder of its own.</summary>
internal abstract class Contender : IAsyncDisposable
{
    protected Contender(ChildProcess process, TemporaryFolder folder, Uri address)
    {
        Process = process;
        Folder = folder;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public abstract string Name { get; }

    public abstract string WritePath { get; }

    /// <summary>Path of the query API, up to <c>api/v1/</c>.</summary>
    public abstract string ApiPath { get; }

    public HttpClient Client { get; }

    public int ProcessId => Process.Id;

    protected ChildProcess Process { get; }

    protected TemporaryFolder Folder { get; }

    /// <summary>Bytes of the write-ahead log and whatever else is on disk right after ingest.</summary>
    public abstract long LogBytes();

    /// <summary>Moves what was ingested into its compact form and says how many bytes that has.</summary>
    public abstract Task<long> CompactBytesAsync(CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Process.Signal(15);
            await Process.WaitForExitAsync(CancellationToken.None);
        }

        await Process.DisposeAsync();
        Folder.Dispose();
    }
}

/// <summary>Debian's Prometheus as a receiver of remote write.</summary>
internal sealed class PrometheusContender : Contender
{
    private PrometheusContender(ChildProcess process, TemporaryFolder folder, Uri address)
        : base(process, folder, address)
    {
    }

    public override string Name => "Prometheus";

    public override string WritePath => "api/v1/write";

    public override string ApiPath => "api/v1/";

    private string Data => Folder.File("data");

    public static async Task<Contender> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        var process = ChildProcess.Start(
            DebianPackage.Prometheus.Program,
            [
                $"--config.file={folder.Write("prometheus.yml", "global: {}\n")}",
                $"--storage.tsdb.path={folder.File("data")}",
                FormattableString.Invariant($"--web.listen-address=127.0.0.1:{port}"),
                "--web.enable-remote-write-receiver",
                "--web.enable-admin-api",
            ]);
        await process.WaitForLineAsync("Server is ready to receive web requests", cancellationToken);
        return new PrometheusContender(process, folder, new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")));
    }

    public override long LogBytes() => ProcessFigures.FolderBytes(Data, "snapshots", "queries.active");

    public override async Task<long> CompactBytesAsync(CancellationToken cancellationToken)
    {
        using var answer = await Client.PostAsync("api/v1/admin/tsdb/snapshot", null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return ProcessFigures.FolderBytes(Path.Combine(Data, "snapshots", json.RootElement.GetProperty("data").GetProperty("name").GetString()!));
    }
}

/// <summary>The published server, started as a user starts it.</summary>
internal sealed class SignalboxContender : Contender
{
    private SignalboxContender(ChildProcess process, TemporaryFolder folder, Uri address)
        : base(process, folder, address)
    {
    }

    public override string Name => "Signalbox";

    public override string WritePath => "prometheus/api/v1/write";

    public override string ApiPath => "prometheus/api/v1/";

    private string Data => Folder.File("data");

    public static async Task<Contender> StartAsync(string program, CancellationToken cancellationToken, params string[] settings)
    {
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        var process = ChildProcess.Start(
            Path.GetFullPath(program),
            [
                "serve", "--data", folder.File("data"), "--urls", FormattableString.Invariant($"http://127.0.0.1:{port}"),
                "--otlp-http", "http://127.0.0.1:0", "--otlp-grpc", "http://127.0.0.1:0", .. settings.SelectMany(static setting => new[] { "--set", setting }),
            ]);
        await process.WaitForLineAsync("listens on", cancellationToken);
        var contender = new SignalboxContender(process, folder, new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")));
        var token = (await File.ReadAllTextAsync(folder.File("data", "admin-token"), cancellationToken)).Trim();
        contender.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return contender;
    }

    public override long LogBytes() => ProcessFigures.FolderBytes(Path.Combine(Data, "metrics"));

    /// <summary>The store moves samples to their day's file by itself; this waits until it has.</summary>
    public override async Task<long> CompactBytesAsync(CancellationToken cancellationToken)
    {
        var before = DayBytes();
        for (var round = 0; round < 60; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
            var now = DayBytes();
            if (now > 0 && now == before)
            {
                return now;
            }

            before = now;
        }

        throw new InvalidOperationException("The day's file never came to rest.");
    }

    private long DayBytes() => ProcessFigures.FolderBytes(Path.Combine(Data, "metrics"), "log", "lock");
}
