using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Server.Platform.Client;
using Signalbox.Server.Runs.Reports;
using Signalbox.Settings;

namespace Signalbox.Server.Runs.Shell;

/// <summary>Asks a running server about runs, and prints what it says.</summary>
internal sealed class RunShell(ApiClient api, TextWriter output, string form)
{
    private const string Root = "api/v1/runs";
    private const int LargestPage = 1000;

    public async Task ListAsync(IReadOnlyList<(string Key, string Value)> filters, int limit, CancellationToken cancellationToken)
    {
        var runs = new List<RunSummary>();
        string? after = null;
        do
        {
            var page = await api.SendAsync(HttpMethod.Get, $"{Root}?limit={Number(Math.Clamp(limit - runs.Count, 1, LargestPage))}{Query(filters)}{(after is null ? string.Empty : Query([("after", after)]))}", null, SummaryJson.Default.RunList, cancellationToken);
            runs.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && runs.Count < limit);
        if (form == "json")
        {
            await WriteJsonAsync(new RunList(runs, after), SummaryJson.Default.RunList);
            return;
        }

        TextTable.Write(
            output,
            ["STARTED", "REPOSITORY", "BRANCH", "ACTOR", "AGENT", "OUTCOME", "TOKENS", "USD", "RISK", "ID"],
            [.. runs.Select(static run => (IReadOnlyList<string>)[Time(run.StartedAt), run.Repository ?? "–", run.Branch ?? "–", run.Actor ?? "–", run.Agent ?? "–", run.Outcome, Number(run.TotalTokens), Money(run.CostUsd), RiskOf(run.RiskScore, run.RiskLevel), run.Id])]);
    }

    public async Task ShowAsync(string id, CancellationToken cancellationToken)
    {
        var report = await api.SendAsync(HttpMethod.Get, $"{Root}/{Uri.EscapeDataString(id)}", null, RunsJson.Default.RunReport, cancellationToken);
        if (form == "json")
        {
            await WriteJsonAsync(report, RunsJson.Default.RunReport);
            return;
        }

        (string Name, string? Value)[] members =
        [
            ("id", report.Id), ("command", string.Join(' ', report.Command)), ("outcome", $"{report.Outcome.Reason}{(report.Outcome.ExitCode is { } code ? $", exit code {Number(code)}" : string.Empty)}"), ("detail", report.Outcome.Detail),
            ("started", Time(report.StartedAt)), ("took", report.DurationSeconds is { } seconds ? DurationText.Format(TimeSpan.FromSeconds(Math.Round(seconds))) : null), ("repository", report.Ci.Repository), ("branch", report.Ci.Branch),
            ("pull request", report.Ci.PullRequest), ("actor", report.Ci.Actor?.Id), ("CI run", report.Ci.Url), ("agent", report.Agent is { } agent ? $"{agent.Name} {agent.Version}".TrimEnd() : null), ("model", report.Agent?.Model),
            ("turns", report.Result?.Turns is { } turns ? Number(turns) : null), ("tokens", report.Usage is { } usage ? Number(usage.TotalTokens) : null), ("USD", report.Usage is null ? null : Money(SummaryOf.CostOf(report.Usage))),
            ("risk", report.Risk is { } risk ? RiskOf(risk.Score, risk.Level) : null), ("peak memory", report.Resources is { } resources ? SizeText.Format(resources.PeakBytes) : null), ("trace", report.TraceId),
        ];
        foreach (var (name, value) in members.Where(static member => member.Value is not null))
        {
            await output.WriteLineAsync($"{name,-12}  {PlainText.Of(value!)}");
        }

        await WriteTableAsync(["CHANGED", "KIND", "ADDED", "REMOVED", "ATTRIBUTED"], [.. report.Changes.Select(static change => (IReadOnlyList<string>)[change.Path, change.Kind, Number(change.LinesAdded), Number(change.LinesRemoved), change.Attributed ? "yes" : "no"])]);
        await WriteTableAsync(["DENIED", "RESOURCE", "POLICY", "REASON"], [.. report.Denials.Select(static denial => (IReadOnlyList<string>)[denial.Tool ?? "–", denial.Resource ?? "–", denial.PolicyId ?? "–", denial.Reason ?? "–"])]);
        await WriteTableAsync(["RISK", "POINTS", "REASON"], [.. (report.Risk?.Contributions ?? []).Select(static part => (IReadOnlyList<string>)[part.Rule, part.Points.ToString("0.#", CultureInfo.InvariantCulture), part.Reason ?? "–"])]);
    }

    public async Task CostsAsync(string by, IReadOnlyList<(string Key, string Value)> filters, CancellationToken cancellationToken)
    {
        var costs = await api.SendAsync(HttpMethod.Get, $"{Root}/costs?by={by}{Query(filters)}", null, SummaryJson.Default.RunCostList, cancellationToken);
        if (form == "json")
        {
            await WriteJsonAsync(costs, SummaryJson.Default.RunCostList);
            return;
        }

        TextTable.Write(output, [by.ToUpperInvariant(), "RUNS", "INPUT", "OUTPUT", "CACHE READ", "CACHE WRITTEN", "USD"], [.. costs.Items.Select(static row => Row(row, row.Key ?? "–")), Row(costs.Total, "total")]);
        if (costs.Total.UnpricedRuns > 0)
        {
            await output.WriteLineAsync($"The cost of {Number(costs.Total.UnpricedRuns)} of these runs is not known, or not in full.");
        }
    }

    private static IReadOnlyList<string> Row(RunCost row, string key) => [key, Number(row.Runs), Number(row.Input), Number(row.Output), Number(row.CacheRead), Number(row.CacheCreation), Money(row.CostUsd)];

    private static string Query(IReadOnlyList<(string Key, string Value)> filters) => string.Concat(filters.Select(static filter => $"&{filter.Key}={Uri.EscapeDataString(filter.Value)}"));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Money(double? usd) => usd?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    private static string RiskOf(double? score, string? level) => score is { } points ? $"{points.ToString("0", CultureInfo.InvariantCulture)} {level}" : "–";

    private async Task WriteTableAsync(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count > 0)
        {
            await output.WriteLineAsync();
            TextTable.Write(output, header, rows);
        }
    }

    private Task WriteJsonAsync<T>(T value, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(value, type));
}
