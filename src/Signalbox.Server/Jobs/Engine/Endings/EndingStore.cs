using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Writes the ends of attempts: each only while its row still carries the fence it was claimed under.</summary>
internal sealed class EndingStore(Dependents dependents, ExecutionRecords records, EngineOptions options)
{
    private const int MostMessage = 4000;
    private const int MostStack = 16_000;
    private const int MostName = 200;

    /// <summary>Writes a batch in the caller's transaction: history, statistics, attempts that are followed by others, and executions of jobs that wait for these.</summary>
    /// <remarks>No execution may be in the batch twice.</remarks>
    public async Task<EndingOutcome> WriteAsync(ControlSession session, IReadOnlyList<Ending> endings)
    {
        var sql = EndingSql.For(session.Dialect);
        var keys = JsonSerializer.Serialize([.. endings.Select(static ending => new LeaseKey { Id = ending.Id, Fence = ending.Fence })], EngineJson.Default.ListLeaseKey);
        var targets = (await session.ListAsync<EndingTarget>(sql.Lock, new { rows = keys })).ToDictionary(static target => target.Id, StringComparer.Ordinal);
        var pairs = new List<(Ending Ending, EndingTarget Target)>();
        var stale = new List<Ending>();
        foreach (var ending in endings)
        {
            if (targets.GetValueOrDefault(ending.Id) is { } target && IsHeld(ending, target))
            {
                // Who was asked to end, does not begin again; the owner may not have heard of it yet.
                pairs.Add((target.CancelReason is null ? ending : ending with { After = AfterEnd.Finish }, target));
            }
            else
            {
                stale.Add(ending);
            }
        }

        var finished = await FinishAsync(session, sql, [.. pairs.Where(static pair => pair.Ending.After == AfterEnd.Finish)]);
        await WaitAgainAsync(session, sql, [.. pairs.Where(static pair => pair.Ending.After != AfterEnd.Finish)]);
        var waiting = finished.Where(run => targets[run.Id].HasDependents).ToList();
        var followers = waiting.Count == 0 ? 0 : await dependents.AddAsync(session, waiting, targets[waiting[0].Id].NowMs);
        var known = await KnownAsync(session, sql, stale);
        return new EndingOutcome(
            [.. pairs.Select(static pair => pair.Ending.Id), .. known],
            [.. stale.Select(static ending => ending.Id).Where(id => !known.Contains(id))],
            finished,
            followers);
    }

    private static bool IsHeld(Ending ending, EndingTarget target) =>
        target.State == "running" && target.Fence == ending.Fence && (!ending.OnlyExpired || target.LeaseUntilMs < target.NowMs);

    private async Task<List<FinishedRun>> FinishAsync(ControlSession session, EndingSql sql, IReadOnlyList<(Ending Ending, EndingTarget Target)> pairs)
    {
        var finished = new List<FinishedRun>();
        if (pairs.Count == 0)
        {
            return finished;
        }

        var statistics = new StatisticsBatch();
        var rows = new List<EndingRow>();
        foreach (var (ending, target) in pairs)
        {
            var row = RowOf(ending, target);
            rows.Add(row);
            var late = row.EndOutcome == FireOutcomes.Late;

            // Of a lost run nobody knows when it really ended.
            var duration = ending.State == "lost" ? null : row.EndAtMs - target.StartedAtMs;
            statistics.AddRun(target.JobId, target.Tenant, ending.State, row.EndAtMs, duration, late, row.EndCause);
            finished.Add(new FinishedRun(ending.Id, target.Tenant, target.JobId, ending.State, late));
        }

        var json = new { rows = JsonSerializer.Serialize(rows, EngineJson.Default.ListEndingRow) };
        await session.ExecuteAsync(sql.History, json);
        await session.ExecuteAsync(sql.Delete, json);
        await StatisticsStore.AddAsync(session, statistics);
        foreach (var (ending, target) in pairs)
        {
            await records.RecordAsync(session, ending, target);
        }

        return finished;
    }

    private async Task WaitAgainAsync(ControlSession session, EndingSql sql, IReadOnlyList<(Ending Ending, EndingTarget Target)> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        var rows = pairs.Select(pair => (pair.Ending.After, Row: RowOf(pair.Ending, pair.Target))).ToList();
        var kept = rows.Where(static row => row.After == AfterEnd.Retry).Select(static row => row.Row).ToList();
        if (kept.Count > 0)
        {
            await session.ExecuteAsync(sql.Attempts, new { rows = JsonSerializer.Serialize(kept, EngineJson.Default.ListEndingRow) });
        }

        await session.ExecuteAsync(sql.Again, new { rows = JsonSerializer.Serialize([.. rows.Select(static row => row.Row)], EngineJson.Default.ListEndingRow) });
    }

    private EndingRow RowOf(Ending ending, EndingTarget target)
    {
        // Given back before it did anything, a fire is late or not by its next start.
        var outcome = ending.After == AfterEnd.GiveBack ? target.FireOutcome : target.FireOutcome ?? FireOutcomes.Of(target, options.LateAfter);
        return new EndingRow
        {
            Id = ending.Id,
            EndState = ending.State,
            EndOutcome = outcome,
            EndAtMs = target.NowMs,
            NextAtMs = ending.After == AfterEnd.Retry ? target.NowMs + (long)ending.RetryDelay.TotalMilliseconds : target.DueAtMs,
            NextAttempt = ending.After == AfterEnd.GiveBack ? target.Attempt - 1 : target.Attempt,
            EndExit = ending.ExitCode,
            EndType = DatabaseText.Fit(ending.Error?.Type, MostName),
            EndMessage = DatabaseText.Fit(ending.Error?.Message, MostMessage),
            EndStack = DatabaseText.Fit(ending.Error?.Stack, MostStack),
            EndCause = DatabaseText.Fit(ending.Cause, MostName),
            EndReason = DatabaseText.Fit(ending.CancelReason, MostName),
            EndBytes = ending.OutputBytes,
            EndCut = ending.OutputCut ? 1 : 0,
        };
    }

    /// <summary>Of endings that found no row of theirs: those that an earlier try, whose answer was lost, has written.</summary>
    private static async Task<HashSet<string>> KnownAsync(ControlSession session, EndingSql sql, List<Ending> stale)
    {
        var uncertain = stale.Where(static ending => ending.Uncertain).Select(static ending => new LeaseKey { Id = ending.Id, Fence = ending.Fence }).ToList();
        return uncertain.Count == 0
            ? []
            : [.. await session.ListAsync<string>(sql.Known, new { keys = JsonSerializer.Serialize(uncertain, EngineJson.Default.ListLeaseKey) })];
    }
}
