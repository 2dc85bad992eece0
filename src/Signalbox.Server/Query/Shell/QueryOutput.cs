using System.Text.Json;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Query.Shell;

/// <summary>Prints a query's result in the form that was asked for.</summary>
/// <param name="terminal">Whether somebody looks at it; otherwise a table is lines of tab-separated fields without headings.</param>
internal sealed class QueryOutput(TextWriter output, bool terminal)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(JsonElement data, string form)
    {
        switch (form)
        {
            case "json":
                WriteJson(data);
                break;
            case "csv":
                WriteCsv(QueryRow.Read(data));
                break;
            default:
                WriteTable(QueryRow.Read(data), data.GetProperty("resultType").GetString() == "matrix");
                break;
        }
    }

    private static string Escaped(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : field;

    private void WriteJson(JsonElement data)
    {
        if (!terminal)
        {
            output.WriteLine(data.GetRawText());
            return;
        }

        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Indented))
        {
            data.WriteTo(json);
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    private void WriteCsv(IReadOnlyList<QueryRow> rows)
    {
        var names = rows.SelectMany(static row => row.Series).Select(static label => label.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        output.WriteLine(string.Join(',', names.Append("time").Append("value").Select(Escaped)));
        foreach (var row in rows)
        {
            output.WriteLine(string.Join(',', names.Select(row.Series.Get).Append(row.Time).Append(row.Value).Select(Escaped)));
        }
    }

    private void WriteTable(IReadOnlyList<QueryRow> rows, bool matrix)
    {
        if (!terminal)
        {
            foreach (var row in rows)
            {
                output.WriteLine(matrix ? $"{row.Series}\t{row.Time}\t{row.Value}" : row.Series.Count == 0 ? row.Value : $"{row.Series}\t{row.Value}");
            }
        }
        else if (rows.Count == 0)
        {
            output.WriteLine("No series match.");
        }
        else if (matrix)
        {
            WriteSeriesBySeries(rows);
        }
        else
        {
            WriteInstant(rows);
        }
    }

    private void WriteInstant(IReadOnlyList<QueryRow> rows)
    {
        if (rows is [{ Series.Count: 0 } single])
        {
            output.WriteLine(single.Value);
            return;
        }

        var series = rows.Select(static row => row.Series.ToString()).ToList();
        var seriesWidth = Math.Max("SERIES".Length, series.Max(static text => text.Length));
        var valueWidth = Math.Max("VALUE".Length, rows.Max(static row => row.Value.Length));
        output.WriteLine($"{"SERIES".PadRight(seriesWidth)}  {"VALUE".PadLeft(valueWidth)}");
        for (var index = 0; index < rows.Count; index++)
        {
            output.WriteLine($"{series[index].PadRight(seriesWidth)}  {rows[index].Value.PadLeft(valueWidth)}");
        }
    }

    private void WriteSeriesBySeries(IReadOnlyList<QueryRow> rows)
    {
        var timeWidth = rows.Max(static row => row.Time.Length);
        var valueWidth = rows.Max(static row => row.Value.Length);
        Labels? current = null;
        foreach (var row in rows)
        {
            if (row.Series != current)
            {
                output.WriteLine(current is null ? row.Series.ToString() : $"\n{row.Series}");
                current = row.Series;
            }

            output.WriteLine($"  {row.Time.PadRight(timeWidth)}  {row.Value.PadLeft(valueWidth)}");
        }
    }
}
