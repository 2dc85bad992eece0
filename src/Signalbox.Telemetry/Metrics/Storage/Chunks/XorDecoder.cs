using System.Numerics;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Unpacks what <see cref="XorEncoder"/> packed.</summary>
internal ref struct XorDecoder
{
    private BitReader _reader;
    private long _time;
    private long _delta;
    private ulong _value;
    private int _leading;
    private int _width;

    /// <summary>Appends the samples of the closed window to <paramref name="buffer"/>.</summary>
    /// <param name="body">May go on beyond the last of <paramref name="count"/> samples.</param>
    /// <param name="start">Time of the first sample.</param>
    /// <exception cref="InvalidDataException">The body ends early or is not one.</exception>
    public static void Decode(ReadOnlySpan<byte> body, int count, long start, TimeWindow window, SampleBuffer buffer)
    {
        if (count == 0)
        {
            return;
        }

        var decoder = new XorDecoder { _reader = new BitReader(body), _time = start };
        decoder._value = decoder._reader.Read(64);
        decoder.Run(count, window, buffer);
        decoder._reader.ThrowIfOverrun();
    }

    private void Run(int count, TimeWindow window, SampleBuffer buffer)
    {
        var value = BitConverter.UInt64BitsToDouble(_value);
        for (var read = 1; ; read++)
        {
            if (_time >= window.From)
            {
                if (_time > window.To)
                {
                    return;
                }

                buffer.Append(_time, value);
            }

            if (read == count)
            {
                return;
            }

            value = Next();
        }
    }

    private double Next()
    {
        _reader.Refill();
        var ones = BitOperations.LeadingZeroCount(~_reader.Ready);
        switch (ones)
        {
            case 0:
                _reader.Skip(1);
                break;
            case 1:
                _reader.Skip(2);
                ReadValue();
                break;
            case < 6:
                ReadChange(ones);
                if (_reader.Read(1) == 1)
                {
                    ReadValue();
                }

                break;
            default:
                _reader.Skip(6);
                _time = unchecked(_time + _delta);
                return StaleMarker.Value;
        }

        _time = unchecked(_time + _delta);
        return BitConverter.UInt64BitsToDouble(_value);
    }

    private void ReadChange(int ones)
    {
        _reader.Skip(ones + 1);
        var bits = ones switch { 2 => XorEncoder.SmallBits, 3 => XorEncoder.MediumBits, 4 => XorEncoder.LargeBits, _ => 64 };
        if (bits == 64)
        {
            _delta = unchecked(_delta + (long)_reader.Read(64));
            return;
        }

        _delta = unchecked(_delta + (long)_reader.Peek(bits) - XorEncoder.Bias(bits));
        _reader.Skip(bits);
    }

    private void ReadValue()
    {
        _reader.Refill();
        var header = _reader.Peek(12);
        if (header >> 11 == 0)
        {
            _reader.Skip(1);
            if (_width == 0)
            {
                throw new InvalidDataException("A chunk refers to a window of bits before it has one.");
            }
        }
        else
        {
            _reader.Skip(12);
            _leading = (int)(header >> 6) & 31;
            _width = (int)header & 63;
            _width = _width == 0 ? 64 : _width;
            if (_leading + _width > 64)
            {
                throw new InvalidDataException("A chunk has a window of bits wider than a value.");
            }
        }

        _value ^= _reader.Read(_width) << (64 - _leading - _width);
    }
}
