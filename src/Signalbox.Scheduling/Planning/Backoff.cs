namespace Signalbox.Scheduling;

/// <summary>How the delay before a retry grows.</summary>
public enum Backoff
{
    /// <summary>Each doubles the one before.</summary>
    Exponential,

    /// <summary>All are the same.</summary>
    Constant,

    /// <summary>Each is the first one longer than the one before.</summary>
    Linear,
}
