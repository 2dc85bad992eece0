using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Signalbox.Server.Runs.Files;

namespace Signalbox.Server.Runs.Reports;

/// <summary>What a report must keep to beyond its shape: lengths, ranges and times.</summary>
internal static partial class ReportRules
{
    private const int LongestName = 255;
    private const int LongestPath = 4096;
    private const int LongestText = 1024 * 1024;
    private const int MostItems = 20_000;
    private const int MostModels = 200;
    private const int MostPoints = 600;

    private static readonly string OfNothing = Convert.ToHexStringLower(SHA256.HashData([]));
    private static readonly string[] States = ["running", "finished", "incomplete"];
    private static readonly string[] Levels = ["low", "medium", "high", "critical"];
    private static readonly TimeSpan ClockError = TimeSpan.FromDays(1);
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Check(RunReport report, DateTimeOffset now, ReportErrors errors)
    {
        errors.Check(report.Schema == 1, "schema", "This server reads reports of schema 1.");
        errors.Check(RunId().IsMatch(report.Id), "id", "An id has 8 to 64 ASCII letters, digits and . _ -, and begins with a letter or digit.");
        errors.Check(report.Revision >= 1, "revision", "Revisions begin with 1.");
        errors.Check(States.Contains(report.State, StringComparer.Ordinal), "state", $"This is not one of {string.Join(", ", States)}.");
        errors.Check(HexId().IsMatch(report.TraceId) && report.TraceId.Length == 32, "traceId", "This must be 32 hexadecimal digits.");
        errors.Check(HexId().IsMatch(report.SpanId) && report.SpanId.Length == 16, "spanId", "This must be 16 hexadecimal digits.");
        errors.Count("command", report.Command, MostItems);
        errors.Text("folder", report.Folder, LongestPath);
        errors.Text("version", report.Version, LongestName);
        CheckTimes(report, now, errors);
        CheckCi(report.Ci, errors);
        CheckOutcome(report.Outcome, errors);
        CheckAgent(report, errors);
        CheckUsage(report.Usage, errors);
        CheckDeeds(report, errors);
        CheckRest(report, errors);
        CheckFiles(report.Files, errors);
    }

    private static void CheckTimes(RunReport report, DateTimeOffset now, ReportErrors errors)
    {
        errors.Check(report.StartedAt >= Earliest && report.StartedAt <= now + ClockError, "startedAt", "This is before the year 2000, or more than a day ahead of the server's clock.");
        errors.Check(report.FinishedAt is not { } finished || (finished >= report.StartedAt - ClockError && finished <= now + ClockError), "finishedAt", "This is more than a day before the start, or more than a day ahead of the server's clock.");
        errors.NotNegative("durationSeconds", report.DurationSeconds);
    }

    private static void CheckCi(RunCi ci, ReportErrors errors)
    {
        (string Name, string? Value, int Most)[] texts =
        [
            ("platform", ci.Platform, 64), ("runId", ci.RunId, LongestName), ("attempt", ci.Attempt, 64), ("number", ci.Number, LongestName), ("url", ci.Url, LongestPath), ("jobId", ci.JobId, LongestName),
            ("jobName", ci.JobName, LongestName), ("pipeline", ci.Pipeline, LongestName), ("actor.id", ci.Actor?.Id, LongestName), ("actor.name", ci.Actor?.Name, LongestName), ("repository", ci.Repository, LongestName),
            ("repositoryUrl", ci.RepositoryUrl, LongestPath), ("branch", ci.Branch, LongestName), ("commit", ci.Commit, LongestName), ("pullRequest", ci.PullRequest, 64), ("event", ci.Event, LongestName),
        ];
        foreach (var (name, value, most) in texts)
        {
            errors.Text($"ci.{name}", value, most);
        }

        errors.Check(ci.Platform.Length > 0, "ci.platform", "This is empty.");
    }

    private static void CheckOutcome(RunOutcome outcome, ReportErrors errors)
    {
        errors.Check(Word().IsMatch(outcome.Reason), "outcome.reason", "This must be a word of at most 64 lower-case letters, digits and underscores, such as completed.");
        errors.Text("outcome.exitSource", outcome.ExitSource, 64);
        errors.Text("outcome.stoppedBy", outcome.StoppedBy, 64);
        errors.Text("outcome.detail", outcome.Detail, LongestText);
        errors.NotNegative("outcome.peakMemoryBytes", outcome.PeakMemoryBytes);
        errors.NotNegative("outcome.limitBytes", outcome.LimitBytes);
        errors.NotNegative("outcome.oomKills", outcome.OomKills);
        errors.NotNegative("outcome.durationSeconds", outcome.DurationSeconds);
    }

    private static void CheckAgent(RunReport report, ReportErrors errors)
    {
        errors.Text("agent.name", report.Agent?.Name, LongestName);
        errors.Text("agent.version", report.Agent?.Version, LongestName);
        errors.Text("agent.model", report.Agent?.Model, LongestName);
        errors.Text("agent.sessionId", report.Agent?.SessionId, LongestName);
        errors.Text("agent.mapping", report.Agent?.Mapping, LongestName);
        errors.NotNegative("result.turns", report.Result?.Turns);
        errors.NotNegative("result.durationSeconds", report.Result?.DurationSeconds);
        errors.NotNegative("result.apiSeconds", report.Result?.ApiSeconds);
        errors.Count("result.errors", report.Result?.Errors, MostItems);
    }

    private static void CheckUsage(RunUsage? usage, ReportErrors errors)
    {
        if (usage is null)
        {
            return;
        }

        errors.Count("usage.models", usage.Models, MostModels);
        errors.NotNegative("usage.totalTokens", usage.TotalTokens);
        CheckMoney("usage.costUsd", usage.CostUsd, errors);
        foreach (var (index, model) in usage.Models.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"usage.models[{index}]");
            errors.Text($"{path}.model", model.Model, LongestName);
            errors.Check(model.Model.Length > 0, $"{path}.model", "This is empty.");
            errors.Check(
                new[] { model.Input, model.Output, model.CacheRead, model.CacheCreation }.All(static tokens => tokens is >= 0 and <= MostTokens), path, "Tokens are below 0, or more than a run can use.");
            CheckMoney($"{path}.costUsd", model.CostUsd, errors);
        }

        errors.Check(usage.Models.Select(static model => model.Model).Distinct(StringComparer.Ordinal).Count() == usage.Models.Count, "usage.models", "A model is named twice.");
    }

    /// <summary>Far beyond what a run can use, so that sums over all runs stay within 64 bits.</summary>
    private const long MostTokens = 1_000_000_000_000;

    private static void CheckMoney(string member, double? usd, ReportErrors errors) =>
        errors.Check(usd is null or (>= 0 and <= 1_000_000), member, "This is below 0, or more than 1,000,000.");

    private static void CheckDeeds(RunReport report, ReportErrors errors)
    {
        errors.Count("tools", report.Tools, MostItems);
        errors.Count("changes", report.Changes, MostItems);
        errors.Count("denials", report.Denials, MostItems);
        errors.Check(report.Tools.All(static tool => tool.Calls >= 0 && tool.Failed >= 0 && tool.Denied >= 0 && tool.DurationSeconds >= 0), "tools", "A count or duration is below 0.");
        foreach (var change in report.Changes)
        {
            errors.Text("changes.path", change.Path, LongestPath);
            errors.Text("changes.kind", change.Kind, 64);
            errors.Check(change.Bytes >= 0 && change.LinesAdded is not < 0 && change.LinesRemoved is not < 0, "changes", "A size is below 0.");
        }
    }

    private static void CheckRest(RunReport report, ReportErrors errors)
    {
        errors.Check(report.Risk?.Score is null or (>= 0 and <= 100), "risk.score", "This is not from 0 to 100.");
        errors.Check(report.Risk is null || Levels.Contains(report.Risk.Level, StringComparer.Ordinal), "risk.level", $"This is not one of {string.Join(", ", Levels)}.");
        errors.Count("risk.contributions", report.Risk?.Contributions, MostItems);
        errors.NotNegative("resources.peakBytes", report.Resources?.PeakBytes);
        errors.NotNegative("resources.limitBytes", report.Resources?.LimitBytes);
        errors.Count("resources.chart", report.Resources?.Chart, MostPoints);
        errors.Check(report.Resources?.Chart.All(static point => point.Count == 4) != false, "resources.chart", "A point has four numbers: offset in seconds, bytes of the tree, bytes of the runner, percent of a core.");
        errors.Check(report.Audit is not { } audit || Math.Min(Math.Min(audit.Records, audit.Denied), Math.Min(audit.Failed, audit.Unattributed)) >= 0, "audit", "A count is below 0.");
        errors.Count("warnings", report.Warnings, MostItems);
        errors.Count("limits", report.Limits, MostItems);
        errors.Count("stream.unknown", report.Stream?.Unknown, MostItems);
    }

    private static void CheckFiles(IReadOnlyList<RunAnnouncedFile> files, ReportErrors errors)
    {
        foreach (var (index, file) in files.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"files[{index}]");
            errors.Check(RunFileNames.IsKnown(file.Name), $"{path}.name", $"This is not one of {string.Join(", ", RunFileNames.All)}.");
            errors.Check(file.Size >= 0, $"{path}.size", "This is below 0.");
            errors.Check(file.Size != 0 || file.Sha256 == OfNothing, $"{path}.sha256", "This is not the hash of an empty file.");
            errors.Check(file.Sha256.Length == 64 && HexId().IsMatch(file.Sha256), $"{path}.sha256", "This must be 64 hexadecimal digits.");
        }

        errors.Check(files.Select(static file => file.Name).Distinct(StringComparer.Ordinal).Count() == files.Count, "files", "A file is named twice.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{7,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RunId();

    [GeneratedRegex(@"\A[0-9a-f]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HexId();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
