using Signalbox.Runner.Agents.Mapping;
using Signalbox.Settings;

namespace Signalbox.Runner.Agents;

/// <summary>The section <c>agent</c>: which agent runs, how its output is read, and when it counts as hanging.</summary>
internal sealed record AgentOptions
{
    public const string Automatic = "auto";
    public const string None = "none";

    /// <summary><c>auto</c>: told from the command; <c>none</c>: a plain command; otherwise the agent's name.</summary>
    public required string Kind { get; init; }

    /// <summary>The mapping that <c>agent.mapping</c> names; null without one.</summary>
    public AgentMapping? Mapping { get; init; }

    /// <summary>Whether the runner makes itself the agent's hook, so that policy is asked before a tool acts.</summary>
    public required bool Hook { get; init; }

    /// <summary>From an agent's result to the end of its process; 0 = waits for ever.</summary>
    public required TimeSpan HangAfterResult { get; init; }

    /// <summary>Without any line; 0 = waits for ever.</summary>
    public required TimeSpan StallTimeout { get; init; }

    public required long MaxLineBytes { get; init; }

    /// <summary>Of an agent's output that are kept and read; the command goes on beyond.</summary>
    public long MaxStreamBytes { get; init; } = 2L << 30;

    public static AgentOptions Read(SettingsReader settings)
    {
        var kind = settings.Text("agent.kind", Automatic, "Which agent the command runs: auto (told from the command), none (a plain command), claude-code, codex, or the name of the mapping.");
        var file = settings.OptionalText("agent.mapping", "File that says how to read another agent's output; see docs/runner-agents.md.");
        var options = new AgentOptions
        {
            Kind = kind,
            Mapping = file is null ? null : ReadMapping(settings, Path.Combine(settings.BaseFolder, file)),
            Hook = settings.Choice("agent.hook", "auto", "Whether the runner makes itself the agent's PreToolUse hook where the agent has such.", "auto", "off") == "auto",
            HangAfterResult = settings.Duration(
                "agent.hang_after_result", TimeSpan.FromSeconds(30), TimeSpan.Zero, TimeSpan.FromDays(1), "An agent that told its result and has not exited after this is ended; 0 = never."),
            StallTimeout = settings.Duration(
                "agent.stall_timeout", TimeSpan.FromMinutes(30), TimeSpan.Zero, TimeSpan.FromDays(7), "An agent that writes no line for this long is ended; 0 = never."),
            MaxLineBytes = settings.Bytes(
                "agent.max_line_bytes", 64L << 20, 64L << 10, 1L << 30, "Longer lines of the agent's output are kept on disk but not read."),
            MaxStreamBytes = settings.Bytes(
                "agent.max_stream_bytes",
                2L << 30,
                64L << 10,
                1L << 40,
                "How much of the agent's output is kept in stream.ndjson and read. Beyond, the command goes on and its output is passed on, but what it tells is not in the report."),
        };
        var known = kind is Automatic or None || kind == options.Mapping?.Name || AgentReaders.IsBuiltIn(kind);
        if (!known && (file is null || options.Mapping is not null))
        {
            settings.Fail(
                "agent.kind",
                $"There is no agent '{kind}'; write {Automatic}, {None}, {string.Join(", ", AgentReaders.BuiltIn)}" + (options.Mapping is { } mapping ? $" or {mapping.Name}." : ", or name a mapping in agent.mapping."));
        }

        return options;
    }

    private static AgentMapping? ReadMapping(SettingsReader settings, string file)
    {
        try
        {
            return AgentMapping.ReadFile(file);
        }
        catch (SettingsException exception)
        {
            foreach (var error in exception.Errors)
            {
                settings.Fail("agent.mapping", error.ToString());
            }

            return null;
        }
    }
}
