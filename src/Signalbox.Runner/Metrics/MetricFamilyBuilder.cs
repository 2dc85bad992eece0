namespace Signalbox.Runner.Metrics;

/// <summary>Gathers the series of one metric: equal labels are added up, and what is beyond the bound goes to the series <c>other</c>.</summary>
/// <remarks>The names of models, tools and rules come from outside; without a bound one run could make as many series as it likes.</remarks>
/// <param name="maxSeries">Series beside <c>other</c>.</param>
internal sealed class MetricFamilyBuilder(string name, MetricKind kind, string help, int maxSeries = int.MaxValue)
{
    /// <summary>The value of labels whose own value was one too many.</summary>
    public const string Other = "other";

    /// <summary>Longest value of a label, in UTF-16 units.</summary>
    public const int MaxValueLength = 200;

    private readonly List<MetricSample> _samples = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public MetricFamilyBuilder Add(double value, params MetricLabel[] labels)
    {
        MetricLabel[] cut = [.. labels.Select(static label => label with { Value = Cut(label.Value) })];
        if (!TryAdd(value, cut))
        {
            // Only what comes from outside is given up: a label with few values of our own, such as type, is of use in the rest, too.
            MetricLabel[] rest = [cut[0] with { Value = Other }, .. cut[1..]];
            if (!_places.TryGetValue(Key(rest), out var place))
            {
                place = Append(rest);
            }

            _samples[place] = new MetricSample(rest, _samples[place].Value + value);
        }

        return this;
    }

    public MetricFamily Build() => new(name, kind, help, [.. _samples]);

    private bool TryAdd(double value, MetricLabel[] labels)
    {
        var key = Key(labels);
        if (!_places.TryGetValue(key, out var place))
        {
            if (_samples.Count >= maxSeries && labels.Length > 0)
            {
                return false;
            }

            place = Append(labels);
        }

        _samples[place] = new MetricSample(labels, _samples[place].Value + value);
        return true;
    }

    private int Append(MetricLabel[] labels)
    {
        _places.Add(Key(labels), _samples.Count);
        _samples.Add(new MetricSample(labels, 0));
        return _samples.Count - 1;
    }

    public static string Cut(string value) =>
        value.Length <= MaxValueLength ? value : string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[MaxValueLength - 2]) ? MaxValueLength - 2 : MaxValueLength - 1), "…");

    private static string Key(MetricLabel[] labels) => string.Join('\0', labels.Select(static label => label.Value));
}
