using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Counts rejected data points by reason and remembers the first metric of each.</summary>
internal sealed class OtlpRejections
{
    private readonly Dictionary<string, (long Count, string Metric)> _reasons = new(StringComparer.Ordinal);

    public long Count { get; private set; }

    /// <param name="reason">What is wrong, from a fixed set, so that the dictionary stays small.</param>
    public void Add(string reason, string metric, long points = 1)
    {
        if (points == 0)
        {
            return;
        }

        Count += points;
        var (count, first) = _reasons.GetValueOrDefault(reason, (0, metric));
        _reasons[reason] = (count + points, first);
    }

    public string? Message() => _reasons.Count == 0
        ? null
        : string.Join(
            ' ',
            _reasons.Select(static reason => string.Create(
                CultureInfo.InvariantCulture,
                $"{reason.Value.Count} data points: {reason.Key} (first: metric '{Shorten(reason.Value.Metric)}').")));

    private static string Shorten(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
