using System.Globalization;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Costs;

/// <summary>Writes <c>run_usage</c>: what each model of each run used, for sums over many runs.</summary>
internal static class UsageStore
{
    public static async Task ReplaceAsync(ControlSession session, RunRow run, RunUsage? usage)
    {
        await session.ExecuteAsync("DELETE FROM run_usage WHERE run_key = @RunKey", new { run.RunKey });
        foreach (var row in Rows(run, usage))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO run_usage (run_key, model, tenant, started_at_ms, week, repository, actor, input_tokens, output_tokens, cache_read_tokens, cache_creation_tokens, cost_micros, priced)
                VALUES (@RunKey, @Model, @Tenant, @StartedAtMs, @Week, @Repository, @Actor, @Input, @Output, @CacheRead, @CacheCreation, @CostMicros, @Priced)
                """,
                row);
        }
    }

    /// <summary>The ISO week of a moment in UTC, such as <c>2026-W30</c>; as texts they sort by time.</summary>
    public static string WeekOf(long startedAtMs)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(startedAtMs).UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");
    }

    private static IEnumerable<UsageRow> Rows(RunRow run, RunUsage? usage)
    {
        var isPriced = usage is not null && (usage.CostUsd is not null || usage.Models.All(static model => model.CostUsd is not null));

        // A model's name may have been redacted to the same text as another's.
        foreach (var models in (usage?.Models ?? []).GroupBy(static model => RunRow.Column(model.Model)!, StringComparer.Ordinal))
        {
            yield return RowOf(run, models.Key, isPriced) with
            {
                Input = models.Sum(static model => model.Input),
                Output = models.Sum(static model => model.Output),
                CacheRead = models.Sum(static model => model.CacheRead),
                CacheCreation = models.Sum(static model => model.CacheCreation),
                CostMicros = models.Any(static model => model.CostUsd is null) ? null : models.Sum(static model => RunRow.MicrosOf(model.CostUsd)),
            };
        }

        // What the run cost in all and no model is known to have cost.
        var rest = (RunRow.MicrosOf(usage?.CostUsd) ?? 0) - (usage?.Models.Sum(static model => RunRow.MicrosOf(model.CostUsd) ?? 0) ?? 0);
        if (rest > 1)
        {
            yield return RowOf(run, string.Empty, isPriced) with { CostMicros = rest };
        }
    }

    private static UsageRow RowOf(RunRow run, string model, bool isPriced) => new()
    {
        RunKey = run.RunKey,
        Model = model,
        Tenant = run.Tenant,
        StartedAtMs = run.StartedAtMs,
        Week = WeekOf(run.StartedAtMs),
        Repository = run.Repository,
        Actor = run.Actor,
        Priced = isPriced,
    };

    /// <summary>One row of <c>run_usage</c>.</summary>
    private sealed record UsageRow
    {
        public required string RunKey { get; init; }

        public required string Model { get; init; }

        public required string Tenant { get; init; }

        public required long StartedAtMs { get; init; }

        public required string Week { get; init; }

        public required string? Repository { get; init; }

        public required string? Actor { get; init; }

        public long Input { get; init; }

        public long Output { get; init; }

        public long CacheRead { get; init; }

        public long CacheCreation { get; init; }

        public long? CostMicros { get; init; }

        public required bool Priced { get; init; }
    }
}
