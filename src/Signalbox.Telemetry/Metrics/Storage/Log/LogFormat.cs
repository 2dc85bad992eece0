namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>The layout of the log of the head.</summary>
/// <remarks>
/// A segment is a header (8 bytes of magic with the version, the segment's number as u64) and records. A record is a magic word, the payload's length, the payload's CRC32C (each u32), and the payload, whose first
/// byte is its kind. All fixed numbers are little-endian. A segment introduces every series it uses, numbered from 0, so each can be read
/// and dropped alone.
/// </remarks>
internal static class LogFormat
{
    public const ulong SegmentMagic = 0x01_31_47_4F_4C_58_42_53;
    public const int SegmentHeaderBytes = 16;

    public const uint RecordMagic = 0xB5_52_42_53;
    public const int RecordHeaderBytes = 12;

    /// <summary>Records are closed at this size.</summary>
    public const int RecordTargetBytes = 1 << 20;

    /// <summary>A longer record is damage.</summary>
    public const int MaxRecordBytes = 16 << 20;
}

/// <summary>What a log record holds.</summary>
internal enum LogRecordKind : byte
{
    /// <summary>Tenant, first number, then keys; numbers go up by one.</summary>
    Series = 1,

    /// <summary>Series number and time as differences to the sample before, and the value's 8 bytes.</summary>
    Floats = 2,

    /// <summary>As floats, with a histogram in place of the value.</summary>
    Histograms = 3,

    /// <summary>Tenant, then family, type, help and unit.</summary>
    Metadata = 4,
}
