using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>What of a series was in memory when a selection was made.</summary>
internal readonly struct HeadPart(HeadChunk[] chunks)
{
    private readonly HeadChunk[]? _chunks = chunks;

    public void Read(TimeWindow window, SampleBuffer buffer)
    {
        foreach (var chunk in _chunks ?? [])
        {
            if (chunk.Overlaps(window))
            {
                chunk.Read(window, buffer);
            }
        }
    }

    /// <summary>Adds the samples of the window to those from disk; a sample that was just being moved there is in both and stays once.</summary>
    public void Merge(TimeWindow window, SampleBuffer buffer)
    {
        if (_chunks is null)
        {
            return;
        }

        var newest = buffer.Count == 0 ? long.MinValue : buffer.Timestamps[^1];
        if (!Array.Exists(_chunks, chunk => chunk.MinTime <= newest && chunk.Overlaps(window)))
        {
            Read(window, buffer);
            return;
        }

        using var disk = new SampleBuffer();
        Copy(buffer, disk);
        using var head = new SampleBuffer();
        Read(window, head);
        buffer.Clear();
        Merge(disk, head, buffer);
    }

    public static void Copy(SampleBuffer from, SampleBuffer to)
    {
        for (var index = 0; index < from.Count; index++)
        {
            Copy(from, index, to);
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
