using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Families;

/// <summary>Remembers which series a target gave, so that a stale marker can end each one that is missing from a later round.</summary>
/// <remarks>One instance a target; not thread-safe.</remarks>
internal sealed class SeriesPresence
{
    private readonly Dictionary<byte[], Seen> _series = new(SeriesKeyComparer.Instance);
    private readonly Dictionary<byte[], Seen>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private long _round = 1;

    public SeriesPresence() => _bySpan = _series.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _series.Count;

    /// <returns>True when the series was not there in the round before.</returns>
    public bool See(ReadOnlySpan<byte> key, int labelCount)
    {
        var known = _bySpan.TryGetValue(key, out var seen);
        _bySpan[key] = new Seen(labelCount, known ? seen.FirstRound : _round, _round);
        return !known;
    }

    /// <summary>Ends the round: adds a stale marker for every series that was not seen in it.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public void EndMissing(MetricBatch batch, long timestamp)
    {
        List<byte[]>? gone = null;
        foreach (var (key, seen) in _series)
        {
            if (seen.Round != _round)
            {
                (gone ??= []).Add(key);
                AddMarker(batch, key, seen, timestamp);
            }
        }

        gone?.ForEach(key => _series.Remove(key));
        _round++;
    }

    /// <summary>Adds a stale marker for every series of the rounds before: the target is gone, or this round failed.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public void EndAll(MetricBatch batch, long timestamp)
    {
        foreach (var (key, seen) in _series)
        {
            // What only the failed round brought was never kept, so there is nothing to end.
            if (seen.FirstRound != _round)
            {
                AddMarker(batch, key, seen, timestamp);
            }
        }

        _series.Clear();
        _round++;
    }

    private static void AddMarker(MetricBatch batch, byte[] key, Seen seen, long timestamp)
    {
        batch.AddSeries(key, seen.LabelCount);
        batch.AddSample(timestamp, StaleMarker.Value);
    }

    private readonly record struct Seen(int LabelCount, long FirstRound, long Round);
}
