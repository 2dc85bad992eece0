using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Agents.Mapping;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class AgentReadersTests
{
    [Theory]
    [InlineData("claude -p fix --output-format stream-json --verbose")]
    [InlineData("claude --output-format=stream-json -p fix")]
    [InlineData("/usr/local/bin/claude -p x --output-format stream-json")]
    [InlineData("C:\\npm\\claude.cmd -p x --output-format stream-json")]
    [InlineData("npx @anthropic-ai/claude-code -p x --output-format stream-json")]
    [InlineData("npx --yes @anthropic-ai/claude-code@2.1.0 --output-format stream-json")]
    [InlineData("pnpm dlx @anthropic-ai/claude-code --output-format stream-json")]
    [InlineData("npm exec -- @anthropic-ai/claude-code --output-format stream-json")]
    [InlineData("node --max-old-space-size=4096 /opt/node_modules/@anthropic-ai/claude-code/cli.js --output-format stream-json")]
    [InlineData("node /opt/bin/claude --output-format stream-json")]
    [InlineData("env DEBUG=1 CI=true claude --output-format stream-json")]
    [InlineData("timeout -k 5 600 claude --output-format stream-json")]
    [InlineData("nice -n 10 timeout 10m claude --output-format stream-json")]
    public void KnowsClaudeCodeByItsCommand(string command)
    {
        var choice = Find(command.Split(' '));

        Assert.Equal(ClaudeCodeReader.AgentName, choice.Name);
        Assert.Empty(choice.Warnings);
        Assert.IsType<ClaudeCodeReader>(AgentReaders.Create(choice.Name, choice.Mapping, []));
    }

    [Theory]
    [InlineData("sh", "-c", "cd shop && claude -p 'fix it' --output-format stream-json")]
    [InlineData("bash", "-lc", "claude --output-format stream-json -p x 2>errors.txt")]
    public void KnowsClaudeCodeWithinAScript(params string[] command) => Assert.Equal(ClaudeCodeReader.AgentName, Find(command).Name);

    [Theory]
    [InlineData("make", "test")]
    [InlineData("echo", "claude", "--output-format", "stream-json")]
    [InlineData("git", "commit", "-m", "claude")]
    [InlineData("sh", "-c", "claude --output-format stream-json | jq .")]
    [InlineData("sh", "-c", "claude --output-format stream-json > out.txt")]
    [InlineData("./claude.sh")]
    public void TakesOtherCommandsAsPlain(params string[] command)
    {
        Assert.Same(AgentChoice.Plain, Find(command));
        Assert.Null(AgentReaders.Create(null, null, command));
    }

    [Theory]
    [InlineData("claude -p fix")]
    [InlineData("claude -p fix --output-format json")]
    [InlineData("codex exec fix")]
    public void WarnsOfAnAgentWhoseOutputCannotBeRead(string command)
    {
        var choice = Find(command.Split(' '));

        Assert.Null(choice.Name);
        Assert.Equal("agent_stream_unread", Assert.Single(choice.Warnings).Code);
    }

    [Theory]
    [InlineData("codex exec --json fix")]
    [InlineData("npx @openai/codex exec --experimental-json fix")]
    public void KnowsCodexByItsCommand(string command)
    {
        var choice = Find(command.Split(' '));

        Assert.Equal("codex", Assert.IsType<MappedReader>(AgentReaders.Create(choice.Name, choice.Mapping, command.Split(' '))).Name);
    }

    [Fact]
    public void BelievesTheNameThatItsUserGives()
    {
        Assert.Equal("claude-code", AgentReaders.Find(Options("claude-code"), ["./run-agent.sh"]).Name);
        Assert.Same(AgentChoice.Plain, AgentReaders.Find(Options("none"), ["claude", "--output-format", "stream-json"]));
        Assert.Equal("agent_stream_unread", Assert.Single(AgentReaders.Find(Options("claude-code"), ["claude", "-p", "x"]).Warnings).Code);
    }

    [Fact]
    public void AMappingOfTheUsersComesBeforeWhatTheCommandTells()
    {
        var mapping = AgentMapping.Parse("{name: mine, events: [{when: {$.type: a}, ignore: true}]}", "mine.yaml");

        var choice = AgentReaders.Find(Options("auto") with { Mapping = mapping }, ["claude", "--output-format", "stream-json"]);

        Assert.Equal(("mine", mapping.Text), (choice.Name, choice.Mapping));
        Assert.Equal("mine", AgentReaders.Create(choice.Name, choice.Mapping, [])!.Name);
    }

    private static AgentChoice Find(IReadOnlyList<string> command) => AgentReaders.Find(Options("auto"), command);

    private static AgentOptions Options(string kind) =>
        new() { Kind = kind, Hook = false, HangAfterResult = TimeSpan.Zero, StallTimeout = TimeSpan.Zero, MaxLineBytes = 1 << 20 };
}
