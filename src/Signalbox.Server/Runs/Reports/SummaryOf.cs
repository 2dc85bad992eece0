namespace Signalbox.Server.Runs.Reports;

/// <summary>Makes of a report what lists show and search.</summary>
internal static class SummaryOf
{
    private const int LongestCommand = 300;
    private const int LongestUrl = 1024;

    /// <summary>In characters: four bytes each at most, so that it fits into a column of 64 KiB.</summary>
    private const int LongestSearch = 4000;

    public static RunSummary Report(RunReport report) => new()
    {
        Id = report.Id,
        Revision = report.Revision,
        State = report.State,
        Outcome = report.Outcome.Reason,
        ExitCode = report.Outcome.ExitCode,
        StartedAt = report.StartedAt,
        FinishedAt = report.FinishedAt,
        DurationSeconds = report.DurationSeconds,
        Platform = report.Ci.Platform,
        Repository = report.Ci.Repository,
        Branch = report.Ci.Branch,
        Commit = report.Ci.Commit,
        PullRequest = report.Ci.PullRequest,
        Pipeline = report.Ci.Pipeline,
        Url = report.Ci.Url is { Length: <= LongestUrl } url ? url : null,
        Actor = report.Ci.Actor?.Id,
        ActorName = report.Ci.Actor?.Name,
        Agent = report.Agent?.Name,
        Model = report.Agent?.Model,
        Command = Cut(CommandLine(report), LongestCommand),
        RiskScore = report.Risk?.Score,
        RiskLevel = report.Risk?.Level,
        TotalTokens = report.Usage?.TotalTokens,
        CostUsd = CostOf(report.Usage),
        Turns = report.Result?.Turns,
        Changes = report.Changes.Count,
        Denials = report.Denials.Count,
        Unattributed = report.Changes.Count(static change => !change.Attributed),
        PeakBytes = report.Resources?.PeakBytes,
        TraceId = report.TraceId,
    };

    /// <summary>What <c>q</c> looks through: id, pull request and command, in lower case.</summary>
    public static string Search(RunReport report) =>
        Cut($"{report.Id}\n{(report.Ci.PullRequest is { } number ? $"#{number}" : string.Empty)}\n{CommandLine(report)}".Replace('\0', ' '), LongestSearch).ToLowerInvariant();

    /// <summary>What the report says it cost; else what is known of its models.</summary>
    public static double? CostOf(RunUsage? usage) => usage?.CostUsd ?? (usage?.Models.Any(static model => model.CostUsd is not null) == true ? usage.Models.Sum(static model => model.CostUsd ?? 0) : null);

    private static string CommandLine(RunReport report) => string.Join(' ', report.Command);

    /// <summary>Never between the halves of a character.</summary>
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "…");
}
