namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>What became of a delta point.</summary>
internal enum DeltaOutcome
{
    /// <summary>Added; the totals are those at its time.</summary>
    Added,

    /// <summary>The same point came before, as when a sender tries again; nothing was added, the totals are those at its time.</summary>
    Repeated,

    /// <summary>Added, but its series already has a sample at its time; the next one will show it.</summary>
    Absorbed,

    /// <summary>Older than what was added before; refused.</summary>
    OutOfOrder,

    /// <summary>Cannot be added to what is there; refused.</summary>
    Incompatible,
}
