using System.Globalization;
using System.Text.Json;

namespace Signalbox.Server.Tests.Query.Differential;

/// <summary>An answer of Prometheus's API in a form that two programs' answers can be compared in.</summary>
internal sealed class Answer
{
    /// <summary>How far two floats may be apart, as a share of their size; programs add in different orders.</summary>
    private const double Tolerance = 1e-9;

    private readonly string _failure;
    private readonly SortedDictionary<string, double> _points = new(StringComparer.Ordinal);

    public Answer(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        _failure = root.TryGetProperty("errorType", out var type) ? type.GetString()! : string.Empty;
        if (_failure.Length > 0)
        {
            return;
        }

        var data = root.GetProperty("data");
        var result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "scalar" or "string":
                Add("scalar", result);
                break;
            case "vector":
                foreach (var series in result.EnumerateArray())
                {
                    Add(NameOf(series), series.GetProperty("value"));
                }

                break;
            default:
                foreach (var series in result.EnumerateArray())
                {
                    foreach (var pair in series.GetProperty("values").EnumerateArray())
                    {
                        Add(NameOf(series), pair);
                    }
                }

                break;
        }
    }

    public int Count => _points.Count;

    /// <summary>What the other answer has differently, or null.</summary>
    public string? Difference(Answer other)
    {
        if (_failure != other._failure)
        {
            return $"{Describe(_failure)} against {Describe(other._failure)}";
        }

        foreach (var (place, value) in _points)
        {
            if (!other._points.TryGetValue(place, out var otherValue))
            {
                return $"{place} is {value.ToString(CultureInfo.InvariantCulture)} and is missing in the other";
            }

            if (!Same(value, otherValue))
            {
                return $"{place} is {value.ToString("R", CultureInfo.InvariantCulture)} against {otherValue.ToString("R", CultureInfo.InvariantCulture)}";
            }
        }

        return other._points.Keys.FirstOrDefault(place => !_points.ContainsKey(place)) is { } more ? $"{more} is only in the other" : null;
    }

    private static string Describe(string failure) => failure.Length == 0 ? "an answer" : failure;

    private static bool Same(double left, double right) =>
        left.Equals(right) || Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));

    private static string NameOf(JsonElement series) =>
        string.Join(',', series.GetProperty("metric").EnumerateObject().OrderBy(static label => label.Name, StringComparer.Ordinal).Select(static label => $"{label.Name}={label.Value.GetString()}"));

    private void Add(string series, JsonElement pair)
    {
        var value = pair[1].GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            "NaN" => double.NaN,
            var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        _points.Add($"{{{series}}}@{pair[0].GetDouble().ToString(CultureInfo.InvariantCulture)}", value);
    }
}
