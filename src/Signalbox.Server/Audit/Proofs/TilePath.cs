using System.Globalization;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>The last part of a tile's address: its number in groups of three digits, and its width when it is not full.</summary>
/// <remarks>Source: https://c2sp.org/tlog-tiles#merkle-tree</remarks>
/// <param name="Width">1 to 256.</param>
internal sealed record TilePath(long Number, int Width)
{
    public const int FullWidth = 256;

    private const string Partial = ".p";

    /// <returns>Null for what is not written exactly so.</returns>
    public static TilePath? Parse(string text)
    {
        var parts = text.Split('/');
        var width = FullWidth;
        if (parts.Length >= 2 && parts[^2].EndsWith(Partial, StringComparison.Ordinal))
        {
            if (!TryParse(parts[^1], out var partial) || partial is < 1 or >= FullWidth)
            {
                return null;
            }

            width = (int)partial;
            parts = [.. parts[..^2], parts[^2][..^Partial.Length]];
        }

        var number = 0L;
        for (var index = 0; index < parts.Length; index++)
        {
            var isLast = index == parts.Length - 1;
            var digits = isLast ? parts[index] : parts[index].StartsWith('x') ? parts[index][1..] : string.Empty;
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit) || number > long.MaxValue / 10_000)
            {
                return null;
            }

            number = (number * 1000) + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        var found = new TilePath(number, width);
        return found.ToString() == text ? found : null;
    }

    public override string ToString()
    {
        var text = (Number % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = Number / 1000; rest > 0; rest /= 1000)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{text}");
        }

        return Width == FullWidth ? text : string.Create(CultureInfo.InvariantCulture, $"{text}{Partial}/{Width}");
    }

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text[0] != '0' && text.Length <= 3;
}
