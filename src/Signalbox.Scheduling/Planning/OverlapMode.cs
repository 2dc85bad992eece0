namespace Signalbox.Scheduling;

/// <summary>What a fire does whose time comes while an earlier run of its concurrency group is not over.</summary>
public enum OverlapMode
{
    /// <summary>It does not run.</summary>
    Forbid,

    /// <summary>It runs beside the other.</summary>
    Allow,

    /// <summary>The other is cancelled, and it runs when the other has ended.</summary>
    Replace,

    /// <summary>It waits, unless enough are waiting already.</summary>
    Queue,
}
