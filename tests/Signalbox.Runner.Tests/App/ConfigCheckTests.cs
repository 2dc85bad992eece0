using Xunit;

namespace Signalbox.Runner.Tests.App;

public sealed class ConfigCheckTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("resources:\n  memory:\n    limit: 512MiB\n", ":3:5: resources.memory.limit: This key is unknown.")]
    [InlineData("budget:\n  turns: [many]\n", ":2:10: budget.turns: A single value belongs here")]
    [InlineData("resources:\n  memory:\n    sample_interval: 10 fortnights\n", ":3:22: resources.memory.sample_interval: '10 fortnights' is not allowed; write a duration")]
    public async Task NamesLineAndColumn(string text, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_runner.Folder, ".cicd-ai-toolkit.yaml"), text, TestContext.Current.CancellationToken);

        var result = await _runner.RunAsync("config", "check");

        Assert.Equal(78, result.ExitCode);
        Assert.Contains(".cicd-ai-toolkit.yaml" + message, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsContentWithWhatHolds()
    {
        await File.WriteAllTextAsync(Path.Combine(_runner.Folder, ".cicd-ai-toolkit.yaml"), "budget:\n  turns: 3\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await _runner.RunAsync("config", "check")).ExitCode);
    }
}
