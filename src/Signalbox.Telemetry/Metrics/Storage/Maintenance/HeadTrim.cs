using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Index;
using Signalbox.Telemetry.Metrics.Storage.Log;

namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Frees memory and log of what day files now hold.</summary>
internal sealed class HeadTrim(HeadSet heads, long boundary)
{
    private const int SeriesPerStep = 10_000;

    /// <summary>Frees the chunks only; series stay known, because the log that is being read goes on to refer to them.</summary>
    public void TrimChunks()
    {
        foreach (var tenant in heads.Tenants)
        {
            Trim(tenant.Index, 0, tenant.Index.Count);
        }
    }

    /// <summary>The steps, to be run in order, each between two commit groups and short enough for that.</summary>
    public IEnumerable<Action> Steps(LogFolder log, LogWriter logWriter)
    {
        foreach (var tenant in heads.Tenants)
        {
            var index = tenant.Index;
            var count = index.Count;
            for (var start = 0; start < count; start += SeriesPerStep)
            {
                var (from, to) = (start, Math.Min(count, start + SeriesPerStep));
                yield return () => Trim(index, from, to);
            }

            yield return tenant.RemoveEmpty;
            if (tenant.NeedsCompaction)
            {
                // Built beside the writer; only the swap takes its turn.
                var (compacted, seen) = tenant.Compact();
                yield return () => tenant.Replace(compacted, seen);
            }
        }

        yield return () => log.Drop([.. log.Segments.Where(segment => segment.NewestTime < boundary && !logWriter.IsCurrent(segment))]);
    }

    private void Trim(SeriesIndex<HeadSeries> index, int from, int to)
    {
        var samples = 0L;
        foreach (var series in index.Series[from..to])
        {
            samples += series.Trim(boundary);
        }

        heads.CountSamples(-samples);
    }
}
