using System.Text;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>What a job's name may be.</summary>
internal static class JobName
{
    public const int Longest = 200;

    private const string Marks = "._-/:@#+(),";

    /// <returns>What is wrong with it, as a sentence; null when it may be used.</returns>
    public static string? Check(string name)
    {
        if (name.Length is 0 or > Longest)
        {
            return $"A name has 1 to {Longest} characters.";
        }

        if (name[0] == ' ' || name[^1] == ' ' || name.Contains("  ", StringComparison.Ordinal))
        {
            return "A name neither begins nor ends with a blank, nor has two in a row.";
        }

        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value != ' ' && !(rune.IsAscii && Marks.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                return $"A name has letters, digits, blanks and {string.Join(' ', Marks.AsEnumerable())}, but this one holds U+{rune.Value:X4}.";
            }
        }

        return null;
    }
}
