using System.Buffers.Binary;
using System.Globalization;

namespace Signalbox.Telemetry.Wire;

/// <summary>How the value after a protobuf tag is laid out.</summary>
internal enum ProtobufWireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Reads protobuf fields from a span, without copying and without generated code.</summary>
/// <remarks>
/// The caller loops over <see cref="TryReadTag"/> and either reads the value or calls <see cref="Skip"/>. Nested messages are spans read by another reader, so nesting
/// is as deep as the caller's own code. Source: https://protobuf.dev/programming-guides/encoding/
/// </remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, string name)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly string _name = name;
    private int _position;

    /// <summary>Number of the field whose tag was read last.</summary>
    public int Field { get; private set; }

    public ProtobufWireType WireType { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <returns>False at the end of the message.</returns>
    /// <exception cref="WireFormatException">The tag is not valid, or opens a group, which proto3 does not have.</exception>
    public bool TryReadTag()
    {
        if (_position == _message.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        if (tag is < 8 or > uint.MaxValue)
        {
            throw Malformed("an invalid tag");
        }

        Field = (int)(tag >> 3);
        WireType = (ProtobufWireType)(tag & 7);
        return WireType is ProtobufWireType.Varint or ProtobufWireType.Fixed64 or ProtobufWireType.Bytes or ProtobufWireType.Fixed32
            ? true
            : throw Malformed("a field of an unknown wire type");
    }

    public ulong ReadVarintValue()
    {
        Expect(ProtobufWireType.Varint);
        return ReadVarint();
    }

    public bool ReadBool() => ReadVarintValue() != 0;

    /// <summary>Reads an int32, uint32 or enum; excess bits are cut off, as the encoding asks.</summary>
    public int ReadInt32() => unchecked((int)ReadVarintValue());

    public long ReadInt64() => unchecked((long)ReadVarintValue());

    public int ReadSInt32() => ZigZag32(unchecked((uint)ReadVarintValue()));

    public ulong ReadFixed64Value()
    {
        Expect(ProtobufWireType.Fixed64);
        return ReadFixed64();
    }

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(ReadFixed64Value());

    /// <summary>Reads a string, bytes or nested message as a slice of the message.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(ProtobufWireType.Bytes);
        var length = ReadVarint();
        if (length > (ulong)(_message.Length - _position))
        {
            throw Malformed("a length beyond the end of the message");
        }

        var value = _message.Slice(_position, (int)length);
        _position += (int)length;
        return value;
    }

    /// <summary>Passes over the value of the field whose tag was read last.</summary>
    public void Skip()
    {
        switch (WireType)
        {
            case ProtobufWireType.Varint:
                ReadVarint();
                break;
            case ProtobufWireType.Fixed64:
                Take(8);
                break;
            case ProtobufWireType.Fixed32:
                Take(4);
                break;
            default:
                ReadBytes();
                break;
        }
    }

    /// <summary>Adds the values of a repeated double or fixed64 field, packed or not.</summary>
    public void ReadDoubles(List<double> destination)
    {
        if (WireType != ProtobufWireType.Bytes)
        {
            destination.Add(ReadDouble());
            return;
        }

        for (var packed = Packed64(); !packed.IsEmpty; packed = packed[8..])
        {
            destination.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed));
        }
    }

    /// <inheritdoc cref="ReadDoubles"/>
    public void ReadFixed64s(List<ulong> destination)
    {
        if (WireType != ProtobufWireType.Bytes)
        {
            destination.Add(ReadFixed64Value());
            return;
        }

        for (var packed = Packed64(); !packed.IsEmpty; packed = packed[8..])
        {
            destination.Add(BinaryPrimitives.ReadUInt64LittleEndian(packed));
        }
    }

    /// <summary>Adds the values of a repeated varint field, packed or not.</summary>
    public void ReadVarints(List<ulong> destination)
    {
        if (WireType != ProtobufWireType.Bytes)
        {
            destination.Add(ReadVarintValue());
            return;
        }

        var packed = new ProtobufReader(ReadBytes(), _name);
        while (packed._position < packed._message.Length)
        {
            destination.Add(packed.ReadVarint());
        }
    }

    public static int ZigZag32(uint value) => (int)(value >> 1) ^ -(int)(value & 1);

    public static long ZigZag64(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>An error about this message at this position.</summary>
    public readonly WireFormatException Malformed(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The protobuf message {_name} has {what} (field {Field}, byte {_position} of {_message.Length})."));

    private ReadOnlySpan<byte> Packed64()
    {
        var packed = ReadBytes();
        return packed.Length % 8 == 0 ? packed : throw Malformed("a packed field that is not a multiple of eight bytes");
    }

    private ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _position)
        {
            throw Malformed("a value cut short by the end of the message");
        }

        var value = _message.Slice(_position, length);
        _position += length;
        return value;
    }

    private ulong ReadVarint()
    {
        if (_position < _message.Length && _message[_position] < 0x80)
        {
            return _message[_position++];
        }

        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == _message.Length)
            {
                throw Malformed("a varint cut short by the end of the message");
            }

            var current = _message[_position++];
            value |= (ulong)(current & 0x7f) << shift;
            if (current < 0x80)
            {
                return value;
            }
        }

        throw Malformed("a varint longer than ten bytes");
    }

    private readonly void Expect(ProtobufWireType wireType)
    {
        if (WireType != wireType)
        {
            throw Malformed($"a field of wire type {WireType} where {wireType} belongs");
        }
    }
}
