namespace Signalbox.Server.Audit.Search;

/// <summary>How the index is cut: how many records an era has, and over how many rows its terms are spread.</summary>
/// <remarks>Part of what is stored; only tests use another one than <see cref="Default"/>.</remarks>
/// <param name="RecordBits">An era has 2 to this power records; 6 to 14.</param>
/// <param name="PartBits">An era has 2 to this power rows; a term's row is named by its top bits; 0 to 9.</param>
internal sealed record EraShape(int RecordBits, int PartBits)
{
    /// <summary>Records whose earliest and latest times are kept together; a tile of the tree has as many.</summary>
    public const int Tile = 256;

    private const int EraBits = 26;
    private const int MostPartBits = 9;

    public static EraShape Default { get; } = new(14, 9);

    public int Records => 1 << RecordBits;

    public int Parts => 1 << PartBits;

    public long EraOf(long sequence) => sequence >> RecordBits;

    public long FirstOf(long era) => era << RecordBits;

    public int OffsetOf(long sequence) => (int)(sequence & (Records - 1));

    public int PartOf(ulong term) => PartBits == 0 ? 0 : (int)(term >> (64 - PartBits));

    /// <summary>What tells the terms of one part from each other: the 32 bits behind those that name the part.</summary>
    public uint KeyOf(ulong term) => (uint)((term << PartBits) >> 32);

    /// <summary>The key of a row: log, part, era. The rows of one part lie side by side.</summary>
    public static long Position(int log, int part, long era) => (((long)log << MostPartBits) + part << EraBits) + era;

    public static long EraOfPosition(long position) => position & ((1L << EraBits) - 1);
}
