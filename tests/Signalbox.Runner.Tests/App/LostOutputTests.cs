using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>Runs whose output finds no room, or no reader: the command does not notice, and the books say what is lost.</summary>
public sealed class LostOutputTests : IDisposable
{
    /// <summary>Says 40,000 lines of 14 bytes behind its first.</summary>
    private const string Talkative = $"echo '{AgentLines.Session}'; yes '{{\"type\":\"x\"}}' | head -n 40000";

    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task KeepsWholeLinesUpToTheBoundAndSaysWhatIsLost()
    {
        var result = await _runner.RunAsync("--agent", "claude-code", "--set", "agent.max_stream_bytes=100KiB", "--", "/bin/sh", "-c", Talkative + "; exit 3");

        Assert.Equal((3, "failed"), (result.ExitCode, _runner.Report.Outcome.Reason));
        Assert.Equal(40_001, result.Output.Count(static letter => letter == '\n'));
        await HoldsItsBooksTogetherAsync(result.Output, "stream_limit");
        Assert.InRange(new FileInfo(_runner.Run.File(RunFiles.Stream)).Length, 1, 100 * 1024);
    }

    [Fact]
    public async Task KeepsWholeLinesOnAFullDiskAndSaysWhatIsLost()
    {
        using var disk = SmallDisk.TryMount(256 * 1024);
        Assert.SkipWhen(disk is null, "A small file system can only be mounted by root on Linux.");

        // The command gives this back at its end, long after the disk was full: how much would be left for the report otherwise is chance.
        var ballast = disk.File("ballast");
        await File.WriteAllBytesAsync(ballast, new byte[128 * 1024], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_runner.Folder, ".cicd-ai-toolkit.yaml"), $"runs:\n  folder: {disk.File("runs")}\n", TestContext.Current.CancellationToken);

        var result = await _runner.RunAsync("--agent", "claude-code", "--", "/bin/sh", "-c", $"{Talkative}; rm '{ballast}'; exit 3");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(40_001, result.Output.Count(static letter => letter == '\n'));
        Directory.CreateSymbolicLink(Path.Combine(_runner.Folder, ".cicd-runner"), disk.Path);
        await HoldsItsBooksTogetherAsync(result.Output, "stream_not_kept");
    }

    [Theory]
    [InlineData("")]
    [InlineData("2>&1")]
    public async Task EndsInTimeThoughNobodyReadsWhenItHasEndedTheCommand(string errors)
    {
        var runner = $"'{RunnerProgram.Path}' run --agent claude-code --budget-minutes 0.02 -- /bin/sh -c \"$SCRIPT\" {errors}";
        _runner.Environment["SCRIPT"] = $"echo '{AgentLines.Session}'; yes '{{\"type\":\"x\"}}'";

        await _runner.ShellAsync($"{{ {runner}; echo $? > code.tmp; mv code.tmp code; }} | while ! [ -f code ]; do sleep 0.1; done");

        Assert.Equal("102\n", await File.ReadAllTextAsync(Path.Combine(_runner.Folder, "code"), TestContext.Current.CancellationToken));
        Assert.Equal("budget_minutes", _runner.Report.Outcome.Reason);
        Assert.Contains(_runner.Report.Warnings, static warning => warning.Code == "output_not_taken");
        Assert.InRange(_runner.Report.Limits["output_bytes"], 1, 1 << 20);
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }

    private async Task HoldsItsBooksTogetherAsync(string output, string code)
    {
        var kept = await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Stream), TestContext.Current.CancellationToken);
        Assert.True(output.StartsWith(kept, StringComparison.Ordinal) && kept.EndsWith('\n'), "Whole lines from the beginning.");
        var report = _runner.Report;
        Assert.Equal(output.Length - kept.Length, report.Limits["stream_bytes"]);
        Assert.Equal((kept.Length, 0), (report.Stream!.Bytes, report.Stream.Broken));
        Assert.Contains(report.Warnings, warning => warning.Code == code);
        Assert.Contains($"The last {output.Length - kept.Length} bytes of its output were not kept", report.Outcome.Detail!, StringComparison.Ordinal);
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }
}
