namespace Signalbox.Server.Platform.Client;

/// <summary>Lines up columns for people to read; two blanks between them, and nothing else, so that other programs can cut it too.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        rows = [.. rows.Select(static row => (IReadOnlyList<string>)[.. row.Select(PlainText.Of)])];
        var widths = header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(header))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
