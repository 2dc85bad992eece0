using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>A run of one series' samples in memory, encoded; the last one of a series still grows.</summary>
/// <remarks>
/// One writer, any readers, no lock: the count is published after the bytes it counts, and those bytes never change again.
/// </remarks>
internal sealed class HeadChunk(ChunkVersion version, long minTime)
{
    private const int FirstBytes = 40;

    private byte[] _data = new byte[FirstBytes];
    private int _count;
    private long _maxTime = minTime;
    private byte[]? _packed;
    private bool _closed;
    private bool _judged;

    public ChunkVersion Version { get; } = version;

    public long MinTime { get; } = minTime;

    public long MaxTime => Volatile.Read(ref _maxTime);

    public int Count => Volatile.Read(ref _count);

    public void Append(ref XorState state, long time, double value)
    {
        if (_count == 0)
        {
            XorEncoder.Begin(ref state, ref _data, time, value);
        }
        else
        {
            XorEncoder.Append(ref state, ref _data, time, value);
        }

        Publish(time);
    }

    public void Append(HistogramState state, long time, HistogramSample sample)
    {
        var data = new ByteAppender(_data, state.Length);
        var delta = _count == 0 ? 0 : time - _maxTime;
        HistogramEncoder.Append(ref data, _count == 0 ? null : state.Previous, delta - (_count == 0 ? 0 : state.Delta), sample);
        state.Advance(data.Length, delta, sample);
        Volatile.Write(ref _data, data.Data);
        Publish(time);
    }

    /// <summary>Gives back the room for growth; nothing is appended afterwards.</summary>
    /// <param name="length">Bytes in use.</param>
    public void Close(int length)
    {
        Volatile.Write(ref _data, _data.AsSpan(0, length).ToArray());
        Volatile.Write(ref _closed, true);
    }

    /// <summary>Encodes a closed chunk of floats as decimals when that takes clearly less memory; tried once. May run beside the writer and readers.</summary>
    public void Pack(SampleBuffer samples)
    {
        if (_judged || !Volatile.Read(ref _closed))
        {
            return;
        }

        _judged = true;
        if (Version != ChunkVersion.Xor || _data.Length < 2 * FirstBytes)
        {
            return;
        }

        samples.Clear();
        Read(new TimeWindow(long.MinValue, long.MaxValue), samples);
        if (DecimalPlan.For(samples.Values) is { } plan)
        {
            var packed = new ByteAppender(new byte[_data.Length], 0);
            DecimalEncoder.Append(ref packed, plan, samples.Timestamps);
            if (packed.Length <= _data.Length / 4 * 3)
            {
                // In this order: who finds no data any more finds the packed form.
                Volatile.Write(ref _packed, packed.Written.ToArray());
                Volatile.Write(ref _data, []);
            }
        }
    }

    public void Read(TimeWindow window, SampleBuffer buffer)
    {
        // The count first: whatever array is seen after it holds at least that many samples.
        var count = Count;
        var data = Volatile.Read(ref _data);
        if (Volatile.Read(ref _packed) is { } packed)
        {
            DecimalDecoder.Decode(packed, count, MinTime, window, buffer);
        }
        else if (Version == ChunkVersion.Xor)
        {
            XorDecoder.Decode(data, count, MinTime, window, buffer);
        }
        else
        {
            HistogramDecoder.Decode(data, count, MinTime, window, buffer);
        }
    }

    public bool Overlaps(TimeWindow window) => MinTime <= window.To && MaxTime >= window.From;

    private void Publish(long time)
    {
        Volatile.Write(ref _maxTime, time);
        Volatile.Write(ref _count, _count + 1);
    }
}
