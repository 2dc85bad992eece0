using Signalbox.PromQL.Model;

namespace Signalbox.PromQL;

/// <summary>Where the evaluator reads series from; already bound to one tenant.</summary>
public interface ISeriesSource
{
    /// <summary>Finds the series that satisfy every matcher and have samples in the window.</summary>
    /// <param name="range">Closed window in milliseconds since the Unix epoch.</param>
    /// <returns>Series in any order; each label set at most once.</returns>
    ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken);
}

/// <summary>One series of a selection, readable until the query ends.</summary>
public interface ISeries
{
    Labels Labels { get; }

    /// <summary>Appends the samples of the closed window to <paramref name="buffer"/> in time order, stale markers included.</summary>
    void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken);
}

/// <summary>A closed window of time.</summary>
/// <param name="From">First millisecond since the Unix epoch, inclusive.</param>
/// <param name="To">Last millisecond since the Unix epoch, inclusive.</param>
public readonly record struct TimeWindow(long From, long To);
