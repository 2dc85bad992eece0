using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Agents.Mapping;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Agents;

/// <summary>Says which agent a command runs, and gives the reader for its output.</summary>
internal static class AgentReaders
{
    private const string Unread = "agent_stream_unread";

    /// <summary>Names of the agents that are known without a mapping of the user's.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [ClaudeCodeReader.AgentName, BuiltInMappings.Codex];

    public static bool IsBuiltIn(string name) => name is ClaudeCodeReader.AgentName or BuiltInMappings.Codex;

    /// <summary>The agent that the options name or, when they leave it open, the one that the command runs.</summary>
    public static AgentChoice Find(AgentOptions options, IReadOnlyList<string> command)
    {
        switch (options.Kind)
        {
            case AgentOptions.None:
                return AgentChoice.Plain;
            case AgentOptions.Automatic when options.Mapping is { } mapping:
                return new AgentChoice(mapping.Name, mapping.Text, []);
            case AgentOptions.Automatic:
                return Detect(command);
            case var name when name == options.Mapping?.Name:
                return new AgentChoice(name, options.Mapping.Text, []);
            case var name:
                // What the user names is believed, but a command that shows that it cannot be so is told of.
                return new AgentChoice(name, BuiltInMappings.Find(name), Detect(command).Warnings);
        }
    }

    /// <summary>The reader for an agent as <c>run.json</c> names it; null for a plain command.</summary>
    /// <param name="mapping">As <c>run.json</c> keeps it.</param>
    /// <param name="command">Where a mapping may look for the model.</param>
    /// <exception cref="Signalbox.Settings.SettingsException">The mapping does not hold; only one that was changed by hand can.</exception>
    public static IAgentReader? Create(string? name, string? mapping, IReadOnlyList<string> command) => (name, mapping) switch
    {
        (null, _) => null,
        (_, { } text) => new MappedReader(AgentMapping.Parse(text, "run.json"), command),
        (ClaudeCodeReader.AgentName, null) => new ClaudeCodeReader(),
        _ => null,
    };

    private static AgentChoice Detect(IReadOnlyList<string> command)
    {
        if (AgentCommand.Find(command, "claude", "@anthropic-ai/claude-code") is { } claude)
        {
            return AgentCommand.HasOption(claude, "--output-format", "stream-json")
                ? new AgentChoice(ClaudeCodeReader.AgentName, null, [])
                : CannotRead("Claude Code", "--print --verbose --output-format stream-json");
        }

        if (AgentCommand.Find(command, "codex", "@openai/codex") is { } codex)
        {
            return codex.Contains("--json", StringComparer.Ordinal) || codex.Contains("--experimental-json", StringComparer.Ordinal)
                ? new AgentChoice(BuiltInMappings.Codex, BuiltInMappings.Find(BuiltInMappings.Codex), [])
                : CannotRead("Codex", "exec --json");
        }

        return AgentChoice.Plain;
    }

    private static AgentChoice CannotRead(string agent, string options) => new(null, null, [new WarningReport(
        Unread,
        $"The command runs {agent} without {options}: what it does cannot be read from its output, so tools, tokens, cost and denials stay unknown. Add these options to the command.")]);
}
