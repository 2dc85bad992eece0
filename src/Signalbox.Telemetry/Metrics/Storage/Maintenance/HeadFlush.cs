using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Copies samples before a boundary from memory into day files, oldest day first, one transaction a day.</summary>
/// <remarks>
/// No sample before the boundary may be accepted any more. Each day's file says until when it is complete, in the transaction that completes it; a replay of the log leaves out what
/// is before that, so a sample is on disk exactly once whenever the process ends.
/// </remarks>
internal sealed class HeadFlush(HeadSet heads, DaySet days)
{
    private readonly SortedDictionary<int, DayWriter> _writers = [];

    public long Samples { get; private set; }

    public long Chunks { get; private set; }

    public void Run(long boundary, CancellationToken cancellationToken)
    {
        try
        {
            using var samples = new SampleBuffer();
            foreach (var tenant in heads.Tenants)
            {
                foreach (var series in tenant.Index.Series)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Write(series, boundary, samples);
                }
            }

            foreach (var writer in _writers.Values)
            {
                writer.Commit(boundary);
                Samples += writer.Samples;
                Chunks += writer.Chunks;
            }
        }
        finally
        {
            foreach (var writer in _writers.Values)
            {
                writer.Dispose();
            }
        }
    }

    private void Write(HeadSeries series, long boundary, SampleBuffer samples)
    {
        var chunks = series.Chunks;
        if (chunks.Length == 0 || chunks[0].MinTime >= boundary)
        {
            return;
        }

        samples.Clear();
        foreach (var chunk in chunks)
        {
            if (chunk.MinTime < boundary)
            {
                chunk.Read(new TimeWindow(long.MinValue, boundary - 1), samples);
            }
        }

        for (int start = 0, end; start < samples.Count; start = end)
        {
            var day = UtcDay.Of(samples.Timestamps[start]);
            end = start + 1;
            while (end < samples.Count && samples.Timestamps[end] < UtcDay.End(day))
            {
                end++;
            }

            if (!_writers.TryGetValue(day, out var writer))
            {
                writer = new DayWriter(days.GetOrCreate(day));
                _writers.Add(day, writer);
            }

            writer.Write(series, samples, start, end);
        }
    }
}
