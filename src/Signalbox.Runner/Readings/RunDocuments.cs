using System.Security.Cryptography;
using System.Text;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Receiving;
using Signalbox.Runner.Reports;

namespace Signalbox.Runner.Readings;

/// <summary>All that is computed of a run, as the files that hold it. The same facts give the same bytes.</summary>
/// <param name="Files">By name, in the order in which they are to be written: the report, which speaks of the others, is the last.</param>
internal sealed record RunDocuments(RunReport Report, IReadOnlyList<(string Name, byte[] Content)> Files)
{
    public byte[] ContentOf(string name) => Files.First(file => file.Name == name).Content;

    public string TextOf(string name) => Encoding.UTF8.GetString(ContentOf(name));

    /// <param name="audit">Content of <c>audit.jsonl</c>.</param>
    /// <param name="stream">Null when the output was not read.</param>
    public static RunDocuments Make(RunReading reading, RunFolder folder, byte[] audit, StreamReport? stream, int revision)
    {
        var report = reading.Finish(stream, TelemetryUsage.OfFile(folder.File(RunFiles.Telemetry)), revision, out var timeline);
        List<(string Name, byte[] Content)> files =
        [
            (RunFiles.Audit, audit),
            (RunFiles.Timeline, ReportDocument.Write(timeline)),
            (RunFiles.Trace, reading.WriteTrace(report)),
            (RunFiles.Metrics, Encoding.UTF8.GetBytes(RunMetrics.Text(report, reading.MaxSeries))),
            (RunFiles.Summary, Encoding.UTF8.GetBytes(SummaryMarkdown.Write(report))),
            (RunFiles.Outcome, ReportDocument.Write(report.Outcome)),
        ];
        List<FileReport> described = [.. files.Where(static file => file.Name is not RunFiles.Outcome and not RunFiles.Metrics).Select(static file => Describe(file.Name, file.Content))];
        AddFact(described, folder, RunFiles.Log, reading.LogBytes);
        AddFact(described, folder, RunFiles.Samples, null);
        report = report with { Files = [.. described.OrderBy(static file => file.Name, StringComparer.Ordinal)] };
        files.Add((RunFiles.Report, ReportDocument.Write(report)));
        return new RunDocuments(report, files);
    }

    private static FileReport Describe(string name, ReadOnlySpan<byte> content) => new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <param name="length">What of it belongs to the report; null for all of it.</param>
    private static void AddFact(List<FileReport> described, RunFolder folder, string name, long? length)
    {
        using var file = PrivateFiles.TryOpenRead(folder.File(name));
        if (file is null)
        {
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[64 * 1024];
        var size = 0L;
        int read;
        while ((read = file.Read(piece, 0, (int)Math.Min(piece.Length, (length ?? long.MaxValue) - size))) > 0)
        {
            hash.AppendData(piece, 0, read);
            size += read;
        }

        described.Add(new FileReport(name, size, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
