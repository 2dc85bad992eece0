using Microsoft.Win32.SafeHandles;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Reads the log at start, segment by segment, into a receiver.</summary>
/// <remarks>
/// Only the end of the last segment may be unfinished; it is cut off. Anything else that cannot be read is damage: the segment is copied aside,
/// the place is reported, and reading goes on with the next whole record.
/// </remarks>
internal sealed class LogReplay(LogFolder folder, Quarantine quarantine, StoreEnvironment environment)
{
    public long TornBytes { get; private set; }

    /// <param name="afterRecord">Called after each record, so that the receiver can make room.</param>
    public void Run(ILogReceiver receiver, Action<LogPosition> afterRecord, CancellationToken cancellationToken)
    {
        var segments = folder.Segments;
        for (var index = 0; index < segments.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadSegment(segments, index, receiver, afterRecord, cancellationToken);
        }
    }

    /// <summary>Time of the oldest sample at or behind a position, as far as it can be read.</summary>
    public long OldestFrom(LogPosition position)
    {
        var receiver = new OldestSample();
        var segments = folder.Segments;
        for (var index = position.Segment; index < segments.Count; index++)
        {
            using var file = File.OpenHandle(segments[index].Path);
            var scanner = new LogScanner(file, RandomAccess.GetLength(file));
            while (!scanner.AtEnd)
            {
                if (!scanner.TryRead(out var payload))
                {
                    if (!scanner.TryResume())
                    {
                        break;
                    }
                }
                else if (index > position.Segment || scanner.Position > position.Offset)
                {
                    Look(payload, receiver);
                }
            }
        }

        return receiver.Oldest;
    }

    // What cannot be understood is reported when its turn comes; here only its times count, as far as they can be read.
    private static void Look(ReadOnlySpan<byte> payload, OldestSample receiver)
    {
        try
        {
            LogDecoder.Decode(payload, receiver);
        }
        catch (InvalidDataException)
        {
            return;
        }
    }

    private void ReadSegment(IReadOnlyList<LogSegment> segments, int index, ILogReceiver receiver, Action<LogPosition> afterRecord, CancellationToken cancellationToken)
    {
        var segment = segments[index];
        var isLast = index == segments.Count - 1;
        var keep = 0L;
        using (var file = File.OpenHandle(segment.Path))
        {
            var length = RandomAccess.GetLength(file);
            var scanner = new LogScanner(file, length);
            receiver.BeginSegment(segment);
            segment.Bytes = length;
            if (HasHeader(scanner, segment, length, isLast))
            {
                keep = ReadRecords(scanner, segment, isLast, receiver, () => afterRecord(new LogPosition(index, scanner.Position)), cancellationToken);
            }
        }

        if (isLast && keep < segment.Bytes)
        {
            CutTail(segment, keep);
        }

        if (isLast && keep <= LogFormat.SegmentHeaderBytes)
        {
            folder.Drop([segment]);
        }
    }

    // A segment that was created but not yet begun holds nothing; any other without its header is damaged, but its records may still be whole.
    private bool HasHeader(LogScanner scanner, LogSegment segment, long length, bool isLast)
    {
        if (scanner.HasHeader(segment.Number))
        {
            return true;
        }

        if (isLast && length <= LogFormat.SegmentHeaderBytes)
        {
            return false;
        }

        quarantine.CopyAside(segment.Path, "its header is damaged; its records were read as far as they are whole");
        return true;
    }

    private long ReadRecords(LogScanner scanner, LogSegment segment, bool isLast, ILogReceiver receiver, Action afterRecord, CancellationToken cancellationToken)
    {
        while (!scanner.AtEnd)
        {
            var at = scanner.Position;
            if (scanner.TryRead(out var payload))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Decode(payload, segment, at, receiver);
                afterRecord();
                continue;
            }

            if (!scanner.TryResume())
            {
                if (isLast)
                {
                    return at;
                }

                quarantine.CopyAside(segment.Path, $"everything from byte {at} on cannot be read, {segment.Bytes - at} bytes");
                return segment.Bytes;
            }

            quarantine.CopyAside(segment.Path, $"bytes {at} to {scanner.Position} cannot be read; what follows was kept");
        }

        return scanner.Position;
    }

    private void Decode(ReadOnlySpan<byte> payload, LogSegment segment, long at, ILogReceiver receiver)
    {
        try
        {
            var unknown = LogDecoder.Decode(payload, receiver);
            if (unknown > 0)
            {
                quarantine.CopyAside(segment.Path, $"{unknown} samples in the record at byte {at} belong to series whose introduction was damaged, and are lost");
            }
        }
        catch (InvalidDataException exception)
        {
            quarantine.CopyAside(segment.Path, $"the record at byte {at} cannot be understood: {exception.Message}");
        }
    }

    private void CutTail(LogSegment segment, long keep)
    {
        TornBytes = segment.Bytes - keep;
        MetricStoreLog.TornTail(environment.Logger, TornBytes, segment.Path);
        using SafeFileHandle file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(file, keep);
        RandomAccess.FlushToDisk(file);
        segment.Bytes = keep;
    }

    private sealed class OldestSample : ILogReceiver
    {
        public long Oldest { get; private set; } = long.MaxValue;

        public void BeginSegment(LogSegment segment)
        {
        }

        public void Series(TenantId tenant, long number, ReadOnlySpan<byte> key)
        {
        }

        public bool Sample(long number, long time, double value, HistogramSample? histogram)
        {
            Oldest = Math.Min(Oldest, time);
            return true;
        }

        public void Metadata(TenantId tenant, MetricMetadata metadata)
        {
        }
    }
}

/// <summary>A place between two records.</summary>
/// <param name="Segment">Index in the folder's list.</param>
internal readonly record struct LogPosition(int Segment, long Offset);
