using System.Globalization;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Splits the kernel's text files into lines, fields and numbers; what is malformed is left out, never thrown.</summary>
internal static class KernelText
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    public static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static string[] Fields(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    public static bool TryNumber(string field, out double value) =>
        double.TryParse(field, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static double? Number(string? field) => field is not null && TryNumber(field, out var value) ? value : null;
}
