using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>The series of one tenant in the head or in a day file, found by their labels.</summary>
/// <remarks>One writer, any readers, without a lock.</remarks>
internal sealed class SeriesIndex<T>
    where T : class, IIndexedSeries
{
    private readonly AppendOnlyList<T> _series = new(16);

    public PostingsIndex Postings { get; } = new();

    public int Count => _series.Count;

    public ReadOnlySpan<T> Series => _series.Snapshot();

    public void Add(T series)
    {
        // The postings first: a series that counts is under all its labels, so that no matcher takes it for one without. Readers leave out numbers that do not
        // count yet.
        Postings.Add(series.Identity.Key, _series.Count);
        _series.Add(series);
    }

    /// <summary>Numbers of the series that satisfy every matcher, ascending.</summary>
    public ReadOnlySpan<int> Match(IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken) =>
        new MatcherSelection(Postings, _series.Count, number => _series.Snapshot()[number].Identity.Labels(Postings)).Run(matchers, cancellationToken);

    /// <summary>Series that satisfy every matcher and overlap the window.</summary>
    public List<T> Select(IReadOnlyList<LabelMatcher> matchers, TimeWindow window, CancellationToken cancellationToken)
    {
        var numbers = Match(matchers, cancellationToken);
        var series = _series.Snapshot();
        var found = new List<T>(numbers.Length);
        foreach (var number in numbers)
        {
            if (series[number].Overlaps(window))
            {
                found.Add(series[number]);
            }
        }

        return found;
    }
}
