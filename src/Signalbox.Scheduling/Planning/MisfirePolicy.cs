namespace Signalbox.Scheduling;

/// <summary>What becomes of fires whose time passed while nobody planned them.</summary>
public enum MisfirePolicy
{
    /// <summary>The latest missed fire runs; the earlier ones are coalesced into it.</summary>
    Once,

    /// <summary>None of them runs.</summary>
    Skip,

    /// <summary>All of them run, up to the catch-up limit.</summary>
    All,
}
