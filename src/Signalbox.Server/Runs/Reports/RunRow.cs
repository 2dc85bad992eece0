using System.Text.Json;

namespace Signalbox.Server.Runs.Reports;

/// <summary>One row of <c>runs</c>.</summary>
internal sealed record RunRow
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    /// <summary>Names the run in the tables that belong to it.</summary>
    public required string RunKey { get; init; }

    public required int Revision { get; init; }

    public required byte[] Digest { get; init; }

    public required long StartedAtMs { get; init; }

    public required long UpdatedAtMs { get; init; }

    public required string? Repository { get; init; }

    public required string? Branch { get; init; }

    public required string? Actor { get; init; }

    public required string? Agent { get; init; }

    public required string Outcome { get; init; }

    public required long Risk { get; init; }

    public required long CostMicros { get; init; }

    public required long Tokens { get; init; }

    public required long DurationMs { get; init; }

    public required long SizeBytes { get; init; }

    public required string ReportId { get; init; }

    public required string Search { get; init; }

    public required string Summary { get; init; }

    public static RunRow Of(ReadReport read, string tenant, string key, string reportId, long nowMs)
    {
        var report = read.Report;
        var summary = SummaryOf.Report(report);
        return new RunRow
        {
            Tenant = tenant,
            Id = report.Id,
            RunKey = key,
            Revision = report.Revision,
            Digest = read.Digest,
            StartedAtMs = report.StartedAt.ToUnixTimeMilliseconds(),
            UpdatedAtMs = nowMs,
            Repository = Column(summary.Repository),
            Branch = Column(summary.Branch),
            Actor = Column(summary.Actor),
            Agent = Column(summary.Agent),
            Outcome = summary.Outcome,
            Risk = summary.RiskScore is { } score ? (long)Math.Round(score * 100) : -1,
            CostMicros = MicrosOf(summary.CostUsd) ?? -1,
            Tokens = summary.TotalTokens ?? -1,
            DurationMs = summary.DurationSeconds is { } seconds ? (long)Math.Min(Math.Round(seconds * 1000), long.MaxValue / 2) : -1,
            SizeBytes = SizeOf(read),
            ReportId = reportId,
            Search = SummaryOf.Search(report),
            Summary = JsonSerializer.Serialize(summary, SummaryJson.Default.RunSummary),
        };
    }

    /// <summary>What counts against the bounds: the report, and the files at the sizes that it announces.</summary>
    public static long SizeOf(ReadReport read) => read.Content.Length + read.Report.Files.Sum(static file => file.Size);

    public static long? MicrosOf(double? usd) => usd is { } value ? (long)Math.Round(value * 1_000_000) : null;

    /// <summary>A redacted text can be longer than the one that was checked.</summary>
    public static string? Column(string? text) => text is { Length: > 255 } ? text[..255] : text;
}
