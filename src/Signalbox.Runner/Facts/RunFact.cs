namespace Signalbox.Runner.Facts;

/// <summary>Something that a run wrote down when it happened; everything else that is told of the run is computed from these.</summary>
/// <remarks>
/// Facts of one file keep their order, facts of different files have none but their times. A reading must give the same result for every interleaving,
/// because a replay reads the files one after the other.
/// </remarks>
internal abstract record RunFact
{
    /// <summary>When it happened, to the millisecond; an agent's event: when its line had been read.</summary>
    public required DateTimeOffset At { get; init; }
}
