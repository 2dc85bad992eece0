using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>What of a series was in memory when a selection was made.</summary>
internal readonly struct HeadPart(HeadChunk[] chunks)
{
    private readonly HeadChunk[]? _chunks = chunks;

    /// <summary>Appends the samples of the window; those that are in the buffer already, because they were being moved to disk, are not repeated.</summary>
    public void Read(TimeWindow window, SampleBuffer buffer)
    {
        if (_chunks is null)
        {
            return;
        }

        var after = buffer.Count == 0 ? long.MinValue : buffer.Timestamps[^1];
        if (buffer.Count == 0 || !Array.Exists(_chunks, chunk => chunk.MinTime <= after && chunk.Overlaps(window)))
        {
            ReadChunks(window, buffer);
            return;
        }

        using var disk = new SampleBuffer();
        Copy(buffer, disk);
        using var head = new SampleBuffer();
        ReadChunks(window, head);
        buffer.Clear();
        Merge(disk, head, buffer);
    }

    private void ReadChunks(TimeWindow window, SampleBuffer buffer)
    {
        foreach (var chunk in _chunks!)
        {
            if (chunk.Overlaps(window))
            {
                chunk.Read(window, buffer);
            }
        }
    }

    private static void Merge(SampleBuffer left, SampleBuffer right, SampleBuffer target)
    {
        var (l, r) = (0, 0);
        while (l < left.Count || r < right.Count)
        {
            if (r == right.Count || (l < left.Count && left.Timestamps[l] <= right.Timestamps[r]))
            {
                r += r < right.Count && left.Timestamps[l] == right.Timestamps[r] ? 1 : 0;
                Copy(left, l++, target);
            }
            else
            {
                Copy(right, r++, target);
            }
        }
    }

    private static void Copy(SampleBuffer from, SampleBuffer to)
    {
        for (var index = 0; index < from.Count; index++)
        {
            Copy(from, index, to);
        }
    }

    private static void Copy(SampleBuffer from, int index, SampleBuffer to)
    {
        if (from.HistogramAt(index) is { } histogram)
        {
            to.Append(from.Timestamps[index], histogram);
        }
        else
        {
            to.Append(from.Timestamps[index], from.Values[index]);
        }
    }
}
