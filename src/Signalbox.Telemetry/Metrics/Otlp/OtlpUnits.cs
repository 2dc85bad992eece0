using System.Collections.Frozen;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Turns UCUM units into the words that metric names end with.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-specification/blob/v1.38.0/specification/compatibility/prometheus_and_openmetrics.md</remarks>
internal static class OtlpUnits
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = string.Empty,
        ["%"] = "percent",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> PerWords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Splits a unit at its first slash; <c>Per</c> starts with <c>per_</c>. A part in braces is an annotation and says nothing; an unknown part stays as it is.</summary>
    public static (string Main, string Per) Split(string unit)
    {
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        var main = Word(slash < 0 ? unit : unit[..slash], Words);
        var per = slash < 0 ? string.Empty : Word(unit[(slash + 1)..], PerWords);
        return (main, per.Length == 0 ? per : "per_" + per);
    }

    /// <summary>The unit as metadata carries it, for instance <c>bytes_per_second</c>.</summary>
    public static string Name(string unit)
    {
        var (main, per) = Split(unit);
        return string.Join('_', new[] { main, per }.Where(static part => part.Length > 0));
    }

    private static string Word(string part, FrozenDictionary<string, string> words)
    {
        var trimmed = part.Trim();
        return trimmed.AsSpan().ContainsAny('{', '}') ? string.Empty : words.GetValueOrDefault(trimmed, trimmed);
    }
}
