using System.Buffers.Binary;
using System.Text;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Reads what <see cref="ByteAppender"/> wrote, checking every length.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public readonly int Remaining => _rest.Length;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int index = 0, shift = 0; index < _rest.Length && shift < 64; index++, shift += 7)
        {
            var current = _rest[index];
            value |= (ulong)(current & 0x7f) << shift;
            if (current < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("A number ends early or is too long.");
    }

    public long Signed() => ByteAppender.UnZigZag(Unsigned());

    /// <summary>A number of items of which each takes at least <paramref name="leastBytes"/>, so that it cannot announce more than there is.</summary>
    public int Count(int leastBytes)
    {
        var count = Unsigned();
        return count <= (ulong)(_rest.Length / leastBytes) ? (int)count : throw new InvalidDataException("A count is larger than the data behind it.");
    }

    public double Double() => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(Take(8)));

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ReadOnlySpan<byte> Prefixed() => Take(Count(1));

    public string Text() => Encoding.UTF8.GetString(Prefixed());

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("The data ends early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
