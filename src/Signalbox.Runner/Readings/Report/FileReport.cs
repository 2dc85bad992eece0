namespace Signalbox.Runner.Readings.Report;

/// <summary>A file that belongs to a report.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
internal sealed record FileReport(string Name, long Size, string Sha256);
