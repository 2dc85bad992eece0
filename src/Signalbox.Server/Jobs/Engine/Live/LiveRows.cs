using System.Diagnostics;
using System.Globalization;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Catalogue;

namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>Makes new executions of a job, each with an id and a trace of its own.</summary>
internal sealed class LiveRows(TimeProvider clock)
{
    public LiveRow Scheduled(EngineJob job, DateTimeOffset nominal, DateTimeOffset due) => New(job) with
    {
        TriggerKind = "schedule",
        TriggerKey = nominal.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        NominalAtMs = nominal.ToUnixTimeMilliseconds(),
        DueAtMs = due.ToUnixTimeMilliseconds(),
    };

    /// <param name="upstreamId">The execution after which it runs.</param>
    public LiveRow After(EngineJob job, string upstreamId, long nowMs) => New(job) with
    {
        TriggerKind = "dependency",
        TriggerKey = $"after:{upstreamId}",
        NominalAtMs = nowMs,
        DueAtMs = nowMs,
    };

    /// <param name="ignoreOverlap">It starts beside others of its concurrency key.</param>
    /// <param name="arguments">JSON in place of the definition's; null for the definition's.</param>
    public LiveRow ByHand(EngineJob job, string requestedBy, bool ignoreOverlap, string? arguments, long nowMs)
    {
        var row = New(job);
        return row with
        {
            TriggerKey = $"hand:{row.Id}",
            NominalAtMs = nowMs,
            DueAtMs = nowMs,
            Overlap = ignoreOverlap ? WireNames.Format(OverlapMode.Allow) : row.Overlap,
            RequestedBy = requestedBy,
            Arguments = arguments,
        };
    }

    private LiveRow New(EngineJob job) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        Tenant = job.Tenant,
        JobId = job.Id,
        JobName = job.Name,
        JobVersion = job.Version,
        TriggerKind = "manual",
        TriggerKey = string.Empty,
        NominalAtMs = 0,
        DueAtMs = 0,
        Priority = job.Priority,
        Overlap = WireNames.Format(job.Overlap.Mode),
        QueueLimit = job.Overlap.QueueLimit,
        ConcurrencyKey = job.ConcurrencyKey,
        TraceId = ActivityTraceId.CreateRandom().ToHexString(),
    };
}
