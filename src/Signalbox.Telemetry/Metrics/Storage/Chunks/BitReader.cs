using System.Buffers.Binary;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Reads bits, most significant first, a word at a time.</summary>
/// <remarks>Past the end it yields zeros; <see cref="ThrowIfOverrun"/> tells, so that the hot loop needs no check a bit.</remarks>
internal ref struct BitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _next;
    private int _available;
    private int _missing;
    private ulong _bits;

    /// <summary>Makes at least 56 bits ready for <see cref="Peek"/> and <see cref="Skip"/>.</summary>
    public void Refill()
    {
        if (_data.Length - _next < 8)
        {
            RefillAtEnd();
            return;
        }

        _bits |= BinaryPrimitives.ReadUInt64BigEndian(_data[_next..]) >> _available;
        var bytes = (63 - _available) >> 3;
        _next += bytes;
        _available += bytes << 3;
    }

    /// <summary>All ready bits, the next one on top.</summary>
    public readonly ulong Ready => _bits;

    /// <param name="count">1 … 56, of bits that are ready.</param>
    public readonly ulong Peek(int count) => _bits >> (64 - count);

    /// <param name="count">0 … 56, of bits that are ready.</param>
    public void Skip(int count)
    {
        _bits <<= count;
        _available -= count;
    }

    /// <param name="count">1 … 64; refills before and between.</param>
    public ulong Read(int count)
    {
        Refill();
        if (count <= 32)
        {
            var few = Peek(count);
            Skip(count);
            return few;
        }

        var high = Peek(32);
        Skip(32);
        Refill();
        var rest = count - 32;
        var low = Peek(rest);
        Skip(rest);
        return (high << rest) | low;
    }

    /// <exception cref="InvalidDataException">More bits were read than there are.</exception>
    public readonly void ThrowIfOverrun()
    {
        if (_missing > _available)
        {
            throw new InvalidDataException("A chunk ends within a sample.");
        }
    }

    private void RefillAtEnd()
    {
        while (_available <= 56)
        {
            if (_next < _data.Length)
            {
                _bits |= (ulong)_data[_next++] << (56 - _available);
            }
            else
            {
                _missing += 8;
            }

            _available += 8;
        }
    }
}
