using System.Text.Json;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

public sealed class LifecycleTests
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    public async Task StopsInOrderWhenItIsTold(int signal)
    {
        Assert.SkipWhen(IsIgnored(signal), $"Whoever started the tests has signal {signal} ignored, and programs inherit that.");
        await using var server = await SignalboxProcess.StartAsync(Cancelled);
        server.Process.Signal(signal);

        Assert.Equal(0, await server.Process.WaitForExitAsync(Cancelled));
    }

    [Fact]
    public async Task EveryLogLineIsJsonOfTheShapeWithACallerThatExists()
    {
        await using var server = await SignalboxProcess.StartAsync(Cancelled, null, "--log-level", "debug", "--log-format", "json");
        server.Process.Signal(Terminate);
        await server.Process.WaitForExitAsync(Cancelled);

        var lines = server.Process.Output.Split('\n').Where(static line => line.StartsWith('{')).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, static line =>
        {
            using var json = JsonDocument.Parse(line);
            foreach (var field in new[] { "level", "ts", "caller", "msg", "trace_id", "span_id", "component" })
            {
                Assert.Equal(JsonValueKind.String, json.RootElement.GetProperty(field).ValueKind);
            }

            var caller = json.RootElement.GetProperty("caller").GetString()!.Split(':');
            var file = RepositoryRoot.File(caller[0].Split('/'));
            Assert.True(File.Exists(file), line);
            Assert.InRange(int.Parse(caller[1], System.Globalization.CultureInfo.InvariantCulture), 1, File.ReadAllLines(file).Length);
        });
    }

    [Fact]
    public async Task ABadConfigurationExitsWith78AndNamesEveryKey()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("signalbox.yaml", "log:\n  level: loud\nshutdown_timeout: soon\nnonsense: 1\n");

        var result = await ChildProcess.RunAsync(SignalboxProcess.RequireProgram(), ["serve", "--config", file, "--data", folder.File("data")], Cancelled);

        Assert.Equal(78, result.ExitCode);
        Assert.Contains($"{file}:2:10: log.level: 'loud' is not allowed", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:3:19: shutdown_timeout: 'soon' is not allowed", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:1: nonsense: This key is unknown", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("data")), "It started half-configured.");
    }

    [Fact]
    public async Task AWrongFlagExitsWith2()
    {
        var result = await ChildProcess.RunAsync(SignalboxProcess.RequireProgram(), ["serve", "--nonsense"], Cancelled);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--nonsense", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATakenPortExitsWith1AndOneSentence()
    {
        await using var server = await SignalboxProcess.StartAsync(Cancelled);
        using var folder = new TemporaryFolder();

        var result = await ChildProcess.RunAsync(
            SignalboxProcess.RequireProgram(), ["serve", "--data", folder.File("data"), "--urls", server.Address.ToString().TrimEnd('/')], Cancelled);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Another program listens there", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static bool IsIgnored(int signal)
    {
        var mask = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (ulong.Parse(mask, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }
}
