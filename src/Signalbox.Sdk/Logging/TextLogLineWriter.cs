using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Logging;

/// <summary>Writes an entry for a person at a terminal: time of day, level, component, message, fields.</summary>
internal sealed class TextLogLineWriter(LogLineOptions options) : LogLineWriter(options)
{
    private const string Dim = "\e[2m";
    private const string Reset = "\e[0m";

    protected override string Format(in LogEntry entry)
    {
        var text = new StringBuilder(160);
        Paint(text, Dim, entry.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(' ');
        Paint(text, ColourOf(entry.Level), entry.LevelName.PadRight(5)).Append(' ');
        Paint(text, Dim, entry.Component).Append("  ").Append(Printable(Cut(entry.Message)));
        foreach (var (name, value) in entry.Fields)
        {
            var shown = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
            if (!entry.Message.Contains(shown, StringComparison.Ordinal))
            {
                Paint(text.Append(' '), Dim, JsonLogLineWriter.SnakeCase(name) + "=").Append(Printable(Shown(name, shown)));
            }
        }

        Paint(text.Append("  "), Dim, entry.Caller).Append('\n');
        if (entry.Exception is not null)
        {
            text.Append(Cut(entry.Exception.ToString())).Append('\n');
        }

        return text.ToString();
    }

    private static string ColourOf(LogLevel level) => level switch
    {
        LogLevel.Warning => "\e[33m",
        LogLevel.Error or LogLevel.Critical => "\e[31m",
        LogLevel.Information => "\e[34m",
        _ => Dim,
    };

    /// <summary>Control characters in logged text must not reach the terminal.</summary>
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : c.ToString())) : text;

    private StringBuilder Paint(StringBuilder text, string colour, string painted) =>
        Options.Colour ? text.Append(colour).Append(painted).Append(Reset) : text.Append(painted);
}
