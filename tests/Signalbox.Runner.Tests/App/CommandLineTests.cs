using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>What the program makes of its words, and of an output that it cannot write to.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("run --budget-us 5 -- touch ran", "'--budget-us'")]
    [InlineData("run touch -- touch ran", "'touch'")]
    [InlineData("run --pty=no -- touch ran", "no")]
    [InlineData("--budget-us 5 -- touch ran", "'--budget-us'")]
    [InlineData("--metrics -- touch ran", "--metrics prints metrics and runs nothing")]
    [InlineData("run --budget-usd -- touch ran", "'--budget-usd'")]
    [InlineData("run", "There is nothing to be run")]
    [InlineData("nonsense", "'nonsense'")]
    public async Task RunsNothingWhenItIsUsedWrongly(string words, string message)
    {
        var result = await _runner.RunAsync(words.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_runner.Folder, "ran")));
    }

    [Theory]
    [InlineData("version >/dev/full")]
    [InlineData("version >&-")]
    [InlineData("--metrics >/dev/full")]
    [InlineData("config check >/dev/full")]
    [InlineData("config keys >&-")]
    [InlineData("--help >/dev/full")]
    public async Task SaysThatItsOutputCannotBeWritten(string words)
    {
        var result = await _runner.ShellAsync($"'{RunnerProgram.Path}' {words}; echo $? >&2");

        Assert.EndsWith("\n1\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PassesWordsAndVariablesThatAreNoText()
    {
        var script = _runner.Write("show.sh", "printf '%s' \"$1\" | od -An -tx1; printf '%s' \"$ODD\" | od -An -tx1\n");
        var result = await _runner.ShellAsync($"ODD=$(printf 'x\\376y') '{RunnerProgram.Path}' run -- sh '{script}' \"$(printf 'caf\\351')\"");

        Assert.Equal(" 63 61 66 e9\n 78 fe 79\n", result.Output);
        Assert.Equal("caf\uFFFD", FactDocument.Read(_runner.Run.File(RunFiles.Start), FactsJson.Default.RunStart)!.Command[^1]);
    }

    [Fact]
    public async Task SaysThatACommandIsALinkToItself()
    {
        var result = await _runner.ShellAsync($"ln -s loop loop; '{RunnerProgram.Path}' run -- ./loop; echo $?");

        Assert.Equal("126\n", result.Output);
        Assert.Equal("not_started", _runner.Report.Outcome.Reason);
        Assert.EndsWith("loop is not executable.", _runner.Report.Outcome.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--memory-limit 5", "flag --memory-limit: resources.memory.limit_bytes: The runner alone may need as much")]
    [InlineData("--budget-usd many", "flag --budget-usd: budget.usd: 'many' is not allowed")]
    [InlineData("--set resources.cpu.max_cores=all", "flag --set: resources.cpu.max_cores: 'all' is not allowed")]
    [InlineData("--set resources.cpu.cores=1", "flag --set: resources.cpu.cores: This key is unknown")]
    [InlineData("--set budget.usd", "flag --set: 'budget.usd' is not allowed; write KEY=VALUE.")]
    public async Task NamesTheFlagThatIsWrong(string flags, string message)
    {
        var result = await _runner.RunAsync(["run", .. flags.Split(' '), "--", "touch", "ran"]);

        Assert.Equal(78, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_runner.Folder, "ran")));
    }
}
