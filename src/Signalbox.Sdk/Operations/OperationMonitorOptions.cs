using Signalbox.Sdk.Alerts;

namespace Signalbox.Sdk.Operations;

/// <summary>What an <see cref="OperationMonitor"/> watches for and whom it tells.</summary>
public sealed record OperationMonitorOptions
{
    /// <summary>An operation that takes longer than this raises <c>performance_warning</c>; by name, for those that have their own threshold.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Thresholds { get; init; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    /// <summary>The threshold of all others. Default 1 s; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan DefaultThreshold { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where warnings go. Null: they are only counted.</summary>
    public AlertHub? Alerts { get; init; }

    /// <summary>Told of each run, on the thread that ran it; must be fast. What it throws is counted and goes no further. Default: none.</summary>
    public Action<OperationRecord>? OnRecord { get; init; }

    /// <summary>Names that metrics tell apart; further ones are counted as <c>other</c>. Default 256.</summary>
    public int MaxNames { get; init; } = 256;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
