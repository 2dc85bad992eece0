using System.Buffers;
using System.Buffers.Binary;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Appends bytes, varints and numbers to a growing array.</summary>
/// <remarks>As with <see cref="BitWriter"/>, what is written never changes and a grown array starts with the old one's bytes.</remarks>
internal struct ByteAppender
{
    private byte[] _data;

    public ByteAppender(byte[] data, int length)
    {
        _data = data;
        Length = length;
    }

    public int Length { get; private set; }

    public readonly byte[] Data => _data;

    public readonly ReadOnlySpan<byte> Written => _data.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes back what was written after <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    public void Byte(byte value)
    {
        Reserve(1);
        _data[Length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_data.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Unsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _data[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _data[Length++] = (byte)value;
    }

    public void Signed(long value) => Unsigned(ZigZag(value));

    public void Fixed32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_data.AsSpan(Length), value);
        Length += 4;
    }

    public void Double(double value)
    {
        Reserve(8);
        BinaryPrimitives.WriteInt64LittleEndian(_data.AsSpan(Length), BitConverter.DoubleToInt64Bits(value));
        Length += 8;
    }

    public readonly void Overwrite32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_data.AsSpan(at), value);

    public void Prefixed(ReadOnlySpan<byte> bytes)
    {
        Unsigned((ulong)bytes.Length);
        Bytes(bytes);
    }

    public void Text(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        Prefixed(bytes.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public static ulong ZigZag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    public static long UnZigZag(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));

    private void Reserve(int count)
    {
        if (Length + count > _data.Length)
        {
            var larger = new byte[Math.Max(Length + count, _data.Length + Math.Max(16, _data.Length / 2))];
            _data.AsSpan(0, Length).CopyTo(larger);
            Volatile.Write(ref _data, larger);
        }
    }
}
