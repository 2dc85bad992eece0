using System.Globalization;
using System.Text.Json;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Query.Shell;

/// <summary>One value of a query's result, whatever the result's type.</summary>
/// <param name="Series">Labels; empty for scalars and strings.</param>
/// <param name="Time">RFC 3339 in UTC.</param>
/// <param name="Value">As the server wrote it; a histogram as its JSON.</param>
internal sealed record QueryRow(Labels Series, string Time, string Value)
{
    /// <summary>Reads the <c>data</c> of an answer; the rows of one series stand together.</summary>
    /// <exception cref="JsonException">The answer is not one of Prometheus's API.</exception>
    public static IReadOnlyList<QueryRow> Read(JsonElement data)
    {
        var result = Member(data, "result");
        var rows = new List<QueryRow>();
        switch (Member(data, "resultType").GetString())
        {
            case "scalar" or "string":
                rows.Add(Of(Labels.Empty, result));
                break;
            case "vector":
                rows.AddRange(result.EnumerateArray().Select(static series => Of(SeriesOf(series), series.TryGetProperty("value", out var pair) ? pair : Member(series, "histogram"))));
                break;
            case "matrix":
                foreach (var series in result.EnumerateArray())
                {
                    var labels = SeriesOf(series);
                    foreach (var member in new[] { "values", "histograms" })
                    {
                        if (series.TryGetProperty(member, out var pairs))
                        {
                            rows.AddRange(pairs.EnumerateArray().Select(pair => Of(labels, pair)));
                        }
                    }
                }

                break;
            case var other:
                throw new JsonException($"The result has the type '{other}', which this client does not know.");
        }

        return rows;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : throw new JsonException($"The answer has no '{name}'.");

    private static Labels SeriesOf(JsonElement series) =>
        Labels.From(Member(series, "metric").EnumerateObject().Select(static label => new Label(label.Name, label.Value.GetString() ?? string.Empty)));

    private static QueryRow Of(Labels series, JsonElement pair)
    {
        if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
        {
            throw new JsonException("A sample is not a pair of time and value.");
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(pair[0].GetDouble() * 1000));
        var value = pair[1].ValueKind == JsonValueKind.String ? pair[1].GetString()! : pair[1].GetRawText();
        return new QueryRow(series, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture), value);
    }
}
