using System.Globalization;
using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Archives;

/// <summary>The names of files in archives; those of tiles are the same as on the server.</summary>
internal static class ArchivePaths
{
    public const string Manifest = "manifest.json";
    public const string Checkpoint = "checkpoint";
    public const string Events = "events/";
    public const string Tiles = "tile/";

    private const string EventsEnd = ".jsonl";

    /// <summary>A file of events, named after the first of them.</summary>
    public static string EventsFrom(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Events}{sequence:000000000000}{EventsEnd}");

    public static bool TryReadEvents(string name, out long sequence)
    {
        sequence = 0;
        return name.StartsWith(Events, StringComparison.Ordinal)
            && name.EndsWith(EventsEnd, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan()[Events.Length..^EventsEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            && EventsFrom(sequence) == name;
    }

    /// <summary>The name of a tile.</summary>
    /// <param name="width">256 for a full one.</param>
    /// <remarks>Source: https://c2sp.org/tlog-tiles#merkle-tree</remarks>
    public static string Tile(int level, long number, int width)
    {
        var digits = number.ToString("000", CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
        var groups = Enumerable.Range(0, digits.Length / 3).Select(group => string.Concat(group < (digits.Length / 3) - 1 ? "x" : string.Empty, digits.AsSpan(group * 3, 3)));
        return string.Create(CultureInfo.InvariantCulture, $"{Tiles}{level}/{string.Join('/', groups)}") + (width < MerkleTree.TileWidth ? string.Create(CultureInfo.InvariantCulture, $".p/{width}") : string.Empty);
    }

    /// <summary>Reads what <see cref="Tile"/> wrote, and nothing else.</summary>
    public static bool TryReadTile(string name, out int level, out long number, out int width)
    {
        (level, number, width) = (0, 0, MerkleTree.TileWidth);
        if (!name.StartsWith(Tiles, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name[Tiles.Length..];
        var partial = rest.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0)
        {
            if (!int.TryParse(rest.AsSpan(partial + 3), NumberStyles.None, CultureInfo.InvariantCulture, out width))
            {
                return false;
            }

            rest = rest[..partial];
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && int.TryParse(rest.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out level)
            && long.TryParse(rest[(slash + 1)..].Replace("x", string.Empty, StringComparison.Ordinal).Replace("/", string.Empty, StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && Tile(level, number, width) == name;
    }
}
