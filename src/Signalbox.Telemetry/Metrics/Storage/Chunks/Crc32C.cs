using System.Buffers.Binary;
using System.Numerics;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>The Castagnoli checksum that guards log records and chunks.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4</remarks>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
