using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Plans;

/// <summary>Gathers the plans of several jobs, and writes them in the caller's transaction.</summary>
internal sealed class PlanBatch(LiveRows rows)
{
    private readonly List<LiveRow> _runs = [];
    private readonly List<FireRow> _fires = [];
    private readonly List<NextRow> _next = [];
    private readonly StatisticsBatch _statistics = new();
    private readonly List<(EngineJob Job, long Count)> _beyond = [];

    /// <summary>Rows to be written.</summary>
    public int Size => _runs.Count + _fires.Count;

    public int Jobs => _next.Count;

    /// <summary>The earliest due time among the new executions; null when there are none.</summary>
    public long? FirstDueAtMs => _runs.Count == 0 ? null : _runs.Min(static run => run.DueAtMs);

    /// <summary>Jobs that missed more fires than are caught up with one by one, and how many.</summary>
    public IReadOnlyList<(EngineJob Job, long Count)> Beyond => _beyond;

    public IReadOnlyList<FireRow> Fires => _fires;

    public void Add(EngineJob job, FirePlan plan)
    {
        var runs = new Dictionary<DateTimeOffset, string>();
        foreach (var fire in plan.Fires.Where(static fire => fire.Disposition == FireDisposition.Run))
        {
            var row = rows.Scheduled(job, fire.Nominal, fire.Due);
            runs[fire.Nominal] = row.Id;
            _runs.Add(row);
        }

        foreach (var fire in plan.Fires.Where(static fire => fire.Disposition != FireDisposition.Run))
        {
            var row = new FireRow
            {
                JobId = job.Id,
                NominalAtMs = fire.Nominal.ToUnixTimeMilliseconds(),
                Tenant = job.Tenant,
                Outcome = fire.Disposition == FireDisposition.Coalesced ? "coalesced" : "skipped",
                Reason = fire.Reason is { } reason ? WireNames.Format(reason) : null,
                Count = fire.Count,
                ExecutionId = fire.CoalescedInto is { } into ? runs.GetValueOrDefault(into) : null,
            };
            _fires.Add(row);
            _statistics.AddFires(job.Id, job.Tenant, row.Outcome, row.NominalAtMs, row.Count);
        }

        if (plan.BeyondCap > 0)
        {
            _beyond.Add((job, plan.BeyondCap));
        }

        _next.Add(new NextRow { Id = job.Id, NextAtMs = plan.NextNominal?.ToUnixTimeMilliseconds() });
    }

    public async Task WriteAsync(ControlSession session)
    {
        await LiveStore.InsertAsync(session, _runs);
        await FireStore.InsertAsync(session, _fires);
        await StatisticsStore.AddAsync(session, _statistics);
        if (_next.Count > 0)
        {
            var source = session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("next_at_ms"));
            await session.ExecuteAsync(
                session.Dialect.UpdateFrom("jobs", source, "jobs.id = r.id", "next_nominal_at_ms = r.next_at_ms"),
                new { rows = JsonSerializer.Serialize(_next, EngineJson.Default.ListNextRow) });
        }
    }
}

/// <summary>Where the planning of a job goes on.</summary>
internal sealed record NextRow
{
    public required string Id { get; init; }

    public long? NextAtMs { get; init; }
}
