namespace Signalbox.Runner.Readings;

/// <summary>Names of the settings that a run keeps with its start, since its readings need them on a replay, too.</summary>
internal static class RunSettings
{
    public const string Prices = "prices";
    public const string TraceNames = "trace.names";
    public const string MaxSeries = "metrics.max_series";
    public const string MaxLineBytes = "agent.max_line_bytes";

    /// <summary>Options of redaction beside the key.</summary>
    public const string Redaction = "redaction";
}
