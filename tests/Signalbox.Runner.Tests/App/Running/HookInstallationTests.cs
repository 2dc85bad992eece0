using Signalbox.Runner.App.Running;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App.Running;

public sealed class HookInstallationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public HookInstallationTests() => _run = RunFolder.Create(_folder.File("runs"), DateTimeOffset.UnixEpoch);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("claude -p x", "claude|-p x")]
    [InlineData("/usr/bin/claude", "/usr/bin/claude|")]
    [InlineData("./claude.sh -p x", "./claude.sh|-p x")]
    [InlineData("npx --yes @anthropic-ai/claude-code@2 -p x", "npx --yes @anthropic-ai/claude-code@2|-p x")]
    [InlineData("node /opt/node_modules/@anthropic-ai/claude-code/cli.js -p x", "node /opt/node_modules/@anthropic-ai/claude-code/cli.js|-p x")]
    [InlineData("timeout -k 5 30m claude -p x", "timeout -k 5 30m claude|-p x")]
    [InlineData("env DEBUG=1 nice -n 5 claude -p x", "env DEBUG=1 nice -n 5 claude|-p x")]
    public void NamesItsSettingsRightBehindTheAgentsProgram(string command, string expected)
    {
        var parts = expected.Split('|');

        var words = HookInstallation.Install(_run, command.Split(' '), "cicd-runner hook")!;

        Assert.Equal([.. parts[0].Split(' '), "--settings", _run.File(RunFiles.HookSettings), .. parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)], words);
        Assert.Contains("cicd-runner hook", File.ReadAllText(_run.File(RunFiles.HookSettings)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude", "--settings", "mine.json")]
    [InlineData("claude", "--settings={}")]
    [InlineData("sh", "-c", "claude")]
    [InlineData("make", "claude")]
    [InlineData("./agent.sh")]
    public void LeavesACommandAloneThatHasSettingsOrIsSomethingElse(params string[] command) => Assert.Null(HookInstallation.Install(_run, command, "cicd-runner hook"));
}
