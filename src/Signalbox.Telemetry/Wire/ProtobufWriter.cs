using System.Buffers.Binary;
using System.Text;

namespace Signalbox.Telemetry.Wire;

/// <summary>Writes protobuf fields into a growing buffer; nested messages are opened and closed.</summary>
/// <remarks>Not thread-safe. Default values are written too; callers leave out what the format wants unset.</remarks>
internal sealed class ProtobufWriter
{
    private readonly Stack<int> _open = new();
    private byte[] _buffer = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Length);

    public byte[] ToArray() => WrittenSpan.ToArray();

    public void Clear()
    {
        Length = 0;
        _open.Clear();
    }

    public void BeginMessage(int field)
    {
        WriteTag(field, ProtobufWireType.Bytes);
        _open.Push(Length);
    }

    /// <summary>Closes the innermost open message and puts its length before it.</summary>
    public void EndMessage()
    {
        var start = _open.Pop();
        var length = Length - start;
        var prefix = VarintLength((ulong)length);
        Reserve(prefix);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + prefix));
        Length = start;
        WriteRawVarint((ulong)length);
        Length = start + prefix + length;
    }

    public void WriteVarint(int field, ulong value)
    {
        WriteTag(field, ProtobufWireType.Varint);
        WriteRawVarint(value);
    }

    public void WriteInt64(int field, long value) => WriteVarint(field, unchecked((ulong)value));

    public void WriteSInt32(int field, int value) => WriteVarint(field, ZigZag32(value));

    public void WriteFixed64(int field, ulong value)
    {
        WriteTag(field, ProtobufWireType.Fixed64);
        WriteRawFixed64(value);
    }

    public void WriteDouble(int field, double value) => WriteFixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, ProtobufWireType.Bytes);
        WriteRawVarint((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    public void WriteString(int field, string value)
    {
        WriteTag(field, ProtobufWireType.Bytes);
        var length = Encoding.UTF8.GetByteCount(value);
        WriteRawVarint((ulong)length);
        Reserve(length);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    /// <summary>Writes a value without a tag, inside a packed field that was opened as a message.</summary>
    public void WriteRawVarint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    /// <inheritdoc cref="WriteRawVarint"/>
    public void WriteRawFixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Writes a packed repeated double field; an empty list writes nothing.</summary>
    public void WriteDoubles(int field, IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        BeginMessage(field);
        foreach (var value in values)
        {
            WriteRawFixed64(BitConverter.DoubleToUInt64Bits(value));
        }

        EndMessage();
    }

    public static uint ZigZag32(int value) => (uint)((value << 1) ^ (value >> 31));

    public static ulong ZigZag64(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static int VarintLength(ulong value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }

    private void WriteTag(int field, ProtobufWireType wireType) => WriteRawVarint(((ulong)(uint)field << 3) | (uint)wireType);

    private void Reserve(int length)
    {
        if (Length + length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        }
    }
}
