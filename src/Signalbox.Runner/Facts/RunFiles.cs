namespace Signalbox.Runner.Facts;

/// <summary>Names of the files in a run's folder.</summary>
internal static class RunFiles
{
    public const string Start = "run.json";
    public const string Stream = "stream.ndjson";
    public const string StreamTimes = "stream.times";
    public const string Samples = "samples.jsonl";
    public const string Decisions = "decisions.jsonl";
    public const string Events = "events.jsonl";
    public const string Before = "before.json";
    public const string Changes = "changes.json";
    public const string Log = "log.jsonl";
    public const string State = "state.json";

    /// <summary>What the agent's own telemetry told, in JSON, one request a line, redacted.</summary>
    public const string Telemetry = "telemetry.jsonl";

    /// <summary>Held by the runner as long as the run goes on.</summary>
    public const string Lock = "lock";

    /// <summary>What the agent's hook is installed with.</summary>
    public const string HookSettings = "hook-settings.json";

    public const string Audit = "audit.jsonl";
    public const string Report = "report.json";
    public const string Timeline = "timeline.jsonl";
    public const string Metrics = "metrics.prom";
    public const string Trace = "trace.json";
    public const string Outcome = "outcome.json";
    public const string Summary = "summary.md";
}
