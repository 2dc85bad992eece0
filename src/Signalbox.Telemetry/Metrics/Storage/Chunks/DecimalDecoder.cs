using System.Numerics;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Unpacks what <see cref="DecimalEncoder"/> packed.</summary>
internal ref struct DecimalDecoder
{
    private BitReader _reader;
    private double _power;
    private int _narrow;
    private int _wide;
    private bool _second;
    private long _time;
    private long _distance;
    private long _whole;
    private long _moved;
    private long _step;

    /// <summary>Appends the samples of the closed window to <paramref name="buffer"/>.</summary>
    /// <exception cref="InvalidDataException">The body ends early or is not one.</exception>
    public static void Decode(ReadOnlySpan<byte> body, int count, long start, TimeWindow window, SampleBuffer buffer)
    {
        if (count == 0)
        {
            return;
        }

        var cursor = new ByteCursor(body);
        var flags = cursor.Byte();
        var narrow = cursor.Byte();
        var wide = cursor.Byte();
        if (flags > 15 || (flags & 7) > DecimalPlan.MostPlaces || narrow is 0 or > 56 || wide is 0 or > 56)
        {
            throw new InvalidDataException("A chunk of decimals has an impossible plan.");
        }

        var decoder = new DecimalDecoder
        {
            _power = DecimalPlan.Power(flags & 7),
            _second = (flags & 8) != 0,
            _narrow = narrow,
            _wide = wide,
            _time = start,
            _whole = cursor.Signed(),
            _step = cursor.Signed(),
            _reader = new BitReader(cursor.Take(cursor.Remaining)),
        };
        decoder.Run(count, window, buffer);
        decoder._reader.ThrowIfOverrun();
    }

    private void Run(int count, TimeWindow window, SampleBuffer buffer)
    {
        for (var read = 1; ; read++)
        {
            if (_time >= window.From)
            {
                if (_time > window.To)
                {
                    return;
                }

                buffer.Append(_time, _whole / _power);
            }

            if (read == count)
            {
                return;
            }

            Next();
        }
    }

    private void Next()
    {
        _reader.Refill();
        var residual = 0UL;
        switch (Math.Min(BitOperations.LeadingZeroCount(~_reader.Ready), 2))
        {
            case 0:
                _reader.Skip(1);
                break;
            case 1:
                _reader.Skip(2);
                residual = ReadResidual();
                break;
            default:
                _reader.Skip(2);
                ReadChange();
                residual = _reader.Read(1) == 1 ? ReadResidual() : 0;
                break;
        }

        _time = unchecked(_time + _distance);
        var difference = ByteAppender.UnZigZag(residual);
        _moved = unchecked((_second ? _moved : _step) + difference);
        _whole = unchecked(_whole + _moved);
    }

    private void ReadChange()
    {
        var ones = Math.Min(BitOperations.LeadingZeroCount(~_reader.Ready), 3);
        _reader.Skip(Math.Min(ones + 1, 3));
        var bits = ones switch { 0 => XorEncoder.SmallBits, 1 => XorEncoder.MediumBits, 2 => XorEncoder.LargeBits, _ => 64 };
        var bias = bits == 64 ? 0 : XorEncoder.Bias(bits);
        _distance = unchecked(_distance + (long)_reader.Read(bits) - bias);
    }

    private ulong ReadResidual()
    {
        _reader.Refill();
        var ones = Math.Min(BitOperations.LeadingZeroCount(~_reader.Ready), 2);
        _reader.Skip(Math.Min(ones + 1, 2));
        return ones switch { 0 => _reader.Read(_narrow), 1 => _reader.Read(_wide), _ => _reader.Read(64) };
    }
}
