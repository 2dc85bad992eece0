using System.Text.Json.Serialization;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Commands;
using Signalbox.Server.Jobs.Engine.Live;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>A job and the window in which its plan and its records are compared.</summary>
internal sealed record AccountedJob
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Exclusive.</summary>
    public required long ReconciledUntilMs { get; init; }

    /// <summary>Inclusive.</summary>
    public required long UntilMs { get; init; }

    /// <summary>Since when it can be compared.</summary>
    public required long ReconcileAtMs { get; init; }

    /// <summary>When it is to be compared again.</summary>
    public long NextAtMs { get; init; }

    [JsonIgnore]
    public AccountMark Mark => new() { Id = Id, ReconciledUntilMs = ReconciledUntilMs, ReconcileAtMs = ReconcileAtMs };

    /// <summary>How much longer it waited than it had to.</summary>
    [JsonIgnore]
    public long BehindMs => UntilMs - Math.Max(ReconciledUntilMs, ReconcileAtMs);
}

/// <summary>Up to when a job has been compared, and when it is to be compared again: a schedule that is changed sets the latter anew.</summary>
internal sealed record AccountMark
{
    public required string Id { get; init; }

    public required long ReconciledUntilMs { get; init; }

    public required long ReconcileAtMs { get; init; }
}

/// <summary>A schedule and when it was in force.</summary>
internal sealed record PeriodRow
{
    public required string JobId { get; init; }

    public required string JobName { get; init; }

    /// <summary>JSON.</summary>
    public required string Schedule { get; init; }

    public required long FromMs { get; init; }

    public long? UntilMs { get; init; }

    /// <exception cref="InvalidOperationException">It does not hold, so somebody else wrote it.</exception>
    public Schedule ReadSchedule() =>
        SchedulePeriods.Read(JobName, Schedule) ?? throw new InvalidOperationException($"A stored schedule of job {JobId} has no times.");
}

/// <summary>What is recorded of a fire.</summary>
internal sealed record RecordRow
{
    public required string JobId { get; init; }

    public required long NominalAtMs { get; init; }

    public required long Count { get; init; }

    public AccountedFire ToFire() => new(DateTimeOffset.FromUnixTimeMilliseconds(NominalAtMs), Outcome: null, Count);
}

/// <summary>A job whose plan and records differ.</summary>
internal sealed record AccountFinding(AccountedJob Job, AccountabilityReport Difference)
{
    /// <summary>A record for each missed fire that is listed; the last one stands for those beyond the list.</summary>
    public IEnumerable<FireRow> ToFires() => Difference.Missed.Select((missed, index) => new FireRow
    {
        JobId = Job.Id,
        NominalAtMs = missed.ToUnixTimeMilliseconds(),
        Tenant = Job.Tenant,
        Outcome = "missed",
        Count = index == Difference.Missed.Count - 1 ? Difference.MissedTotal - index : 1,
    });
}
