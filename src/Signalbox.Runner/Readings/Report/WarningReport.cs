namespace Signalbox.Runner.Readings.Report;

/// <summary>Something that was not as it should be, and did not stop the run.</summary>
/// <param name="Code">Stable, such as <c>usage_differs</c>.</param>
/// <param name="Message">A whole sentence.</param>
internal sealed record WarningReport(string Code, string Message);
