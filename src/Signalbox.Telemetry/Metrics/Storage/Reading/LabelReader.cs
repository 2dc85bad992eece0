using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>Answers label questions about one tenant.</summary>
internal sealed class LabelReader(TenantId tenant, HeadSet heads, DaySet days)
{
    public HashSet<string> Names(LabelQuery query, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (heads.Find(tenant) is { } head)
        {
            Names(head.Index, query, names, cancellationToken);
        }

        foreach (var day in days.Overlapping(query.Window))
        {
            Names(day.Index(tenant), query, names, cancellationToken);
            days.TrimIndexes();
        }

        return names;
    }

    public HashSet<string> Values(string name, LabelQuery query, CancellationToken cancellationToken)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        if (heads.Find(tenant) is { } head)
        {
            Values(head.Index, name, query, values, cancellationToken);
        }

        foreach (var day in days.Overlapping(query.Window))
        {
            Values(day.Index(tenant), name, query, values, cancellationToken);
            days.TrimIndexes();
        }

        return values;
    }

    public HashSet<Labels> Series(LabelQuery query, CancellationToken cancellationToken)
    {
        var series = new HashSet<Labels>();
        if (heads.Find(tenant) is { } head)
        {
            Series(head.Index, query, series, cancellationToken);
        }

        foreach (var day in days.Overlapping(query.Window))
        {
            Series(day.Index(tenant), query, series, cancellationToken);
            days.TrimIndexes();
        }

        return series;
    }

    private static void Names<T>(SeriesIndex<T> index, LabelQuery query, HashSet<string> names, CancellationToken cancellationToken)
        where T : class, IIndexedSeries
    {
        var wanted = Wanted(index, query, cancellationToken);
        foreach (var (name, values) in index.Postings.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!names.Contains(name) && values.Values.Any(value => Has(index, value.Value, wanted, query.Window)))
            {
                names.Add(name);
            }
        }
    }

    private static void Values<T>(SeriesIndex<T> index, string name, LabelQuery query, HashSet<string> found, CancellationToken cancellationToken)
        where T : class, IIndexedSeries
    {
        var wanted = Wanted(index, query, cancellationToken);
        foreach (var (value, series) in index.Postings.Find(name)?.Values ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!found.Contains(value) && Has(index, series, wanted, query.Window))
            {
                found.Add(value);
            }
        }
    }

    private static void Series<T>(SeriesIndex<T> index, LabelQuery query, HashSet<Labels> found, CancellationToken cancellationToken)
        where T : class, IIndexedSeries
    {
        var wanted = Wanted(index, query, cancellationToken);
        var series = index.Series;
        for (var number = 0; number < series.Length; number++)
        {
            if ((wanted is null || (number < wanted.Length && wanted[number])) && series[number].Overlaps(query.Window))
            {
                found.Add(series[number].Identity.Labels(index.Postings));
            }
        }
    }

    // Null means every series.
    private static bool[]? Wanted<T>(SeriesIndex<T> index, LabelQuery query, CancellationToken cancellationToken)
        where T : class, IIndexedSeries
    {
        if (query.Selectors.Count == 0)
        {
            return null;
        }

        var wanted = new bool[index.Count];
        foreach (var selector in query.Selectors)
        {
            foreach (var number in index.Match(selector, cancellationToken))
            {
                if (number < wanted.Length)
                {
                    wanted[number] = true;
                }
            }
        }

        return wanted;
    }

    private static bool Has<T>(SeriesIndex<T> index, AppendOnlyList<int> numbers, bool[]? wanted, TimeWindow window)
        where T : class, IIndexedSeries
    {
        var series = index.Series;
        foreach (var number in numbers.Snapshot())
        {
            if (number < series.Length && (wanted is null || (number < wanted.Length && wanted[number])) && series[number].Overlaps(window))
            {
                return true;
            }
        }

        return false;
    }
}
