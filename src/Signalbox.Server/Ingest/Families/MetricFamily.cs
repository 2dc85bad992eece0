using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Families;

/// <summary>One metric family that this process measured itself, with its samples of one moment.</summary>
/// <param name="name">As in the text format 0.0.4: a counter's name ends in <c>_total</c>.</param>
internal sealed class MetricFamily(string name, MetricType type, string help)
{
    private readonly List<FamilySample> _samples = [];

    public string Name { get; } = name;

    public MetricType Type { get; } = type;

    public string Help { get; } = help;

    public IReadOnlyList<FamilySample> Samples => _samples;

    /// <param name="labels">Without the name; those with an empty value are left out.</param>
    public MetricFamily Add(double value, params Label[] labels)
    {
        _samples.Add(new FamilySample(Kept(labels), value, null));
        return this;
    }

    public MetricFamily Add(BucketCounts histogram, params Label[] labels)
    {
        _samples.Add(new FamilySample(Kept(labels), double.NaN, histogram));
        return this;
    }

    private static Label[] Kept(Label[] labels) => Array.TrueForAll(labels, static label => label.Value.Length > 0) ? labels : Array.FindAll(labels, static label => label.Value.Length > 0);
}

/// <summary>One sample of a <see cref="MetricFamily"/>.</summary>
/// <param name="Value"><see cref="double.NaN"/> when <paramref name="Histogram"/> is set.</param>
internal readonly record struct FamilySample(Label[] Labels, double Value, BucketCounts? Histogram);

/// <summary>A classic histogram.</summary>
/// <param name="Bounds">Upper bounds, ascending, without +Inf.</param>
/// <param name="Counts">One more than bounds; each the count of its own bucket.</param>
internal sealed record BucketCounts(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts, double Sum);
