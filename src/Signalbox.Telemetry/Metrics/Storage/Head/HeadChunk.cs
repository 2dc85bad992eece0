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

    public ChunkVersion Version { get; } = version;

    public long MinTime { get; } = minTime;

    public long MaxTime => Volatile.Read(ref _maxTime);

    public int Count => Volatile.Read(ref _count);

    public int Bytes => _data.Length;

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
    public void Close(int length) => Volatile.Write(ref _data, _data.AsSpan(0, length).ToArray());

    public void Read(TimeWindow window, SampleBuffer buffer)
    {
        // The count first: whatever array is seen after it holds at least that many samples.
        var count = Count;
        var data = Volatile.Read(ref _data);
        if (Version == ChunkVersion.Xor)
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
