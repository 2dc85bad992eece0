namespace Signalbox.Runner.Readings.Report;

/// <summary>The agent's closing account of its last session.</summary>
/// <param name="Subtype"><c>success</c>, <c>error_max_turns</c>, …</param>
/// <param name="IsError">May be true although the subtype says success.</param>
/// <param name="Turns">Of all sessions together.</param>
/// <param name="DurationSeconds">Of all sessions together, as the agent told.</param>
/// <param name="ApiSeconds">Of all sessions together, spent waiting for the model.</param>
/// <param name="Text">Redacted and cut.</param>
internal sealed record ResultReport(
    string? Subtype,
    bool IsError,
    long? Turns,
    double? DurationSeconds,
    double? ApiSeconds,
    string? Text,
    IReadOnlyList<string> Errors);
