using System.Buffers;
using Signalbox.PromQL;

namespace Signalbox.Server.Query.Responses;

/// <summary>Puts a series' points together as JSON bytes: <c>[[time,"value"],…]</c>.</summary>
/// <remarks>
/// The series of a range query mostly share their times, so the text of each step's time is kept from one series to the next.
/// Memory is pooled: dispose it. Not thread-safe.
/// </remarks>
internal sealed class PointWriter : IDisposable
{
    /// <summary>No time needs more bytes than this.</summary>
    private const int TimeLength = 24;

    private byte[] _points = [];
    private long[] _times = [];
    private byte[] _timeTexts = [];
    private byte[] _timeLengths = [];
    private int _known;

    /// <summary>The series' floats; empty when it has none. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(MatrixSeries series)
    {
        var timestamps = series.Timestamps.Span;
        var values = series.Values.Span;
        Reserve(timestamps.Length);
        var written = 0;
        for (var index = 0; index < timestamps.Length; index++)
        {
            if (series.HasHistograms && series.HistogramAt(index) is not null)
            {
                continue;
            }

            _points[written++] = written == 1 ? (byte)'[' : (byte)',';
            _points[written++] = (byte)'[';
            written += WriteTime(index, timestamps[index], _points.AsSpan(written));
            _points[written++] = (byte)',';
            _points[written++] = (byte)'"';
            written += SampleText.WriteValue(_points.AsSpan(written), values[index]);
            _points[written++] = (byte)'"';
            _points[written++] = (byte)']';
        }

        if (written > 0)
        {
            _points[written++] = (byte)']';
        }

        return _points.AsSpan(0, written);
    }

    public void Dispose()
    {
        Return(ref _points);
        Return(ref _timeTexts);
        Return(ref _timeLengths);
        if (_times.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_times);
            _times = [];
        }
    }

    private static void Return(ref byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private int WriteTime(int index, long timestamp, Span<byte> destination)
    {
        var text = _timeTexts.AsSpan(index * TimeLength, TimeLength);
        if (index >= _known || _times[index] != timestamp)
        {
            _times[index] = timestamp;
            _timeLengths[index] = (byte)SampleText.WriteTime(text, timestamp);
            _known = index == _known ? index + 1 : _known;
        }

        // Copying all of it is cheaper than copying exactly as much as counts; what follows overwrites the rest.
        text.CopyTo(destination);
        return _timeLengths[index];
    }

    private void Reserve(int points)
    {
        if (points <= _times.Length && points <= _timeLengths.Length && points * TimeLength <= _timeTexts.Length && (points * SampleText.MaxLength) + 2 <= _points.Length)
        {
            return;
        }

        Dispose();
        _known = 0;
        _times = ArrayPool<long>.Shared.Rent(points);
        _timeLengths = ArrayPool<byte>.Shared.Rent(points);
        _timeTexts = ArrayPool<byte>.Shared.Rent(points * TimeLength);
        _points = ArrayPool<byte>.Shared.Rent((points * SampleText.MaxLength) + 2);
    }
}
