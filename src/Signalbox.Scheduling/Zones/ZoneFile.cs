using System.Buffers.Binary;
using System.Text;

namespace Signalbox.Scheduling;

/// <summary>What a zone's compiled file says after the last change that it lists, for the years in which the runtime would have to apply the zone's rule.</summary>
/// <remarks>
/// How many changes are listed depends on how the system's files were made: up to 2037, or only as long as the zone had no rule. Files are believed only
/// while the runtime says the same about the listed changes, so both read the same data. Source: https://www.rfc-editor.org/rfc/rfc8536
/// </remarks>
internal sealed class ZoneFile
{
    private const int HeaderSize = 44;
    private const int MaxSize = 1 << 20;
    private const long UnixEpoch = 62_135_596_800;

    private static readonly string[] Folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"];

    private ZoneFile(long from, PosixRule rule, IReadOnlyList<(long At, int Offset)> changes)
    {
        From = from;
        Rule = rule;
        Changes = changes;
    }

    /// <summary>The UTC second from which on the rule holds.</summary>
    public long From { get; }

    public PosixRule Rule { get; }

    /// <summary>The changes that are listed, as UTC seconds with the offset after them.</summary>
    public IReadOnlyList<(long At, int Offset)> Changes { get; }

    /// <summary>Finds the file of a zone; null when the system has none that can be read.</summary>
    public static ZoneFile? Find(string zoneName)
    {
        foreach (var path in TimeZones.IsName(zoneName) ? Folders.Select(folder => Path.Combine(folder, zoneName)) : [])
        {
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: <= MaxSize })
                {
                    return Parse(File.ReadAllBytes(path));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
            {
                // The runtime's reading of the zone stands by itself; the file only makes its last rule exact.
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads a compiled file of version 2 or later.</summary>
    /// <exception cref="FormatException">The bytes are not such a file, or no rule follows the listed changes.</exception>
    public static ZoneFile Parse(ReadOnlySpan<byte> file)
    {
        // The first block repeats the data with 32 bits for old readers.
        var body = Skip(file, BlockSize(file, timeSize: 4));
        var size = BlockSize(body, timeSize: 8);
        var (count, types) = (Number(body, 32), Number(body, 36));
        var footer = Skip(body, size);
        var end = footer.Length > 1 && footer[0] == (byte)'\n' ? footer[1..].IndexOf((byte)'\n') : -1;
        if (end <= 0)
        {
            throw new FormatException("No rule follows the changes.");
        }

        var changes = new (long At, int Offset)[count];
        var typeTable = body[(HeaderSize + (count * 9))..];
        for (var index = 0; index < count; index++)
        {
            var type = body[HeaderSize + (count * 8) + index];
            var offset = type < types ? BinaryPrimitives.ReadInt32BigEndian(typeTable[(type * 6)..]) : throw new FormatException("A change has no type.");
            changes[index] = (BinaryPrimitives.ReadInt64BigEndian(body[(HeaderSize + (index * 8))..]) + UnixEpoch, offset);
        }

        return new ZoneFile(count == 0 ? 0 : changes[^1].At, PosixRule.Parse(Encoding.ASCII.GetString(footer.Slice(1, end))), changes);
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, long count) => count <= bytes.Length ? bytes[(int)count..] : throw new FormatException("The file is cut off.");

    private static long BlockSize(ReadOnlySpan<byte> block, int timeSize)
    {
        if (block.Length < HeaderSize || !block.StartsWith("TZif"u8) || block[4] < (byte)'2')
        {
            throw new FormatException("Not a compiled zone of version 2 or later.");
        }

        return HeaderSize + Number(block, 20) + Number(block, 24) + ((long)Number(block, 28) * (timeSize + 4)) + ((long)Number(block, 32) * (timeSize + 1)) + ((long)Number(block, 36) * 6) + Number(block, 40);
    }

    private static int Number(ReadOnlySpan<byte> block, int at)
    {
        var number = BinaryPrimitives.ReadInt32BigEndian(block[at..]);
        return number is >= 0 and <= MaxSize ? number : throw new FormatException("A count is out of range.");
    }
}
