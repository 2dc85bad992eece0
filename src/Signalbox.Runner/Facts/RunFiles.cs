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

    /// <summary>A copy of git's index as it was before the run.</summary>
    public const string BeforeIndex = "before.index";
    public const string BeforeRepository = "before.git";

    /// <summary>Contents that are kept for the comparison of the work tree.</summary>
    public const string BeforeContent = "before.content";

    /// <summary>How far the run has been sent to a server.</summary>
    public const string Upload = "upload.json";

    /// <summary>Whether servers get the file: all of these have lost their secrets, as the raw stream and what belongs to it have not.</summary>
    public static bool IsForServers(string? name) => name is Audit or Log or Samples or Summary or Timeline or Trace;

    private static readonly string[] All =
    [
        Start, Stream, StreamTimes, Samples, Decisions, Events, Before, Changes, Log, State, Telemetry, Lock, HookSettings, Audit, Report, Timeline, Metrics, Trace, Outcome, Summary,
        BeforeIndex, BeforeContent, Upload,
    ];

    /// <summary>Whether a run writes a file of this name, or of this one before it is put in its place.</summary>
    public static bool IsOne(string name) =>
        Array.Exists(All, one => name == one || (name.StartsWith(one + ".", StringComparison.Ordinal) && name.EndsWith(PrivateFiles.TemporaryEnding, StringComparison.Ordinal)));
}
