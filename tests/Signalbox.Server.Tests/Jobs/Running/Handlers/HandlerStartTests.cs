using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Telemetry;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Handlers;

/// <summary>The server with an assembly of handlers, as its operator starts it.</summary>
public sealed class HandlerStartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AServerRunsTheHandlersOfItsAssemblies()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("files/old.log", "old");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        await using var server = await TestServer.StartAsync(
            Token,
            new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [HandlerCatalog.AssembliesKey] = ExampleAssembly.File } });
        using var stop = new RunStop();

        var result = await server.Services.GetRequiredService<IAttemptRunner>().RunAsync(
            new RunRequest
            {
                ExecutionId = $"handler-start-{Environment.ProcessId}",
                JobId = "job",
                JobName = "tidy",
                Tenant = TenantId.Default,
                Attempt = 1,
                Fence = 1,
                NominalAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
                TraceId = "0123456789abcdef0123456789abcdef",
                Work = new HandlerWork { Name = "example.tidy", Arguments = $$"""{"folder":"{{folder.File("files")}}","olderThanDays":1}""" },
                Timeout = TimeSpan.FromMinutes(1),
                Grace = TimeSpan.FromSeconds(1),
            },
            stop);

        Assert.Equal((RunEnd.Succeeded, null), (result.End, result.Error));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task AServerDoesNotStartWithoutAnAssemblyOfItsConfiguration()
    {
        using var folder = new TemporaryFolder();

        var result = await ChildProcess.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "signalbox"),
            ["serve", "--data", folder.File("data"), "--set", $"{HandlerCatalog.AssembliesKey}={folder.File("missing.dll")}"],
            Token);

        Assert.Equal(78, result.ExitCode);
        Assert.Contains($"{HandlerCatalog.AssembliesKey}: {folder.File("missing.dll")} does not exist.", result.Error, StringComparison.Ordinal);
    }
}
