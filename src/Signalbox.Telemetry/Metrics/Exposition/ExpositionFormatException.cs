using System.Globalization;
using System.Text;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>A text exposition breaks its format; the message names the line.</summary>
public sealed class ExpositionFormatException : WireFormatException
{
    private const int LongestQuote = 120;

    /// <param name="lineNumber">1 for the first line.</param>
    /// <param name="line">The line's bytes, quoted in the message up to 120 bytes.</param>
    public ExpositionFormatException(string what, int lineNumber, ReadOnlySpan<byte> line)
        : base(string.Create(CultureInfo.InvariantCulture, $"Line {lineNumber}: {what}: {Quote(line)}")) => LineNumber = lineNumber;

    public int LineNumber { get; }

    private static string Quote(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder("'");
        foreach (var c in Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestQuote)]))
        {
            text.Append(char.IsControl(c) ? '\uFFFD' : c);
        }

        return text.Append(line.Length > LongestQuote ? "…'" : "'").ToString();
    }
}
