namespace Signalbox.Scheduling;

/// <summary>What the planner needs to know of one job.</summary>
public sealed record FirePlanRequest
{
    /// <summary>The default of <see cref="CatchUpLimit"/>, 1,000.</summary>
    public const int DefaultCatchUpLimit = 1000;

    public required Schedule Schedule { get; init; }

    /// <summary>The stored next nominal time: it fires, whatever the schedule says by now.</summary>
    public required DateTimeOffset NextNominal { get; init; }

    /// <summary>The database's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How far ahead of its time a fire is planned.</summary>
    public required TimeSpan Horizon { get; init; }

    /// <summary>The job's id, from which the jitter follows.</summary>
    public required string JobId { get; init; }

    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.Once;

    /// <summary>How late a fire may be planned and still count as ordinary; default 60 s.</summary>
    public TimeSpan MisfireGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many missed fires get rows of their own, or run under <see cref="MisfirePolicy.All"/>; also the most fires in time of one plan. At least 1.</summary>
    public int CatchUpLimit { get; init; } = DefaultCatchUpLimit;

    /// <summary>By how much a fire's due time may lie after its nominal time; default none.</summary>
    public TimeSpan JitterMax { get; init; }
}
