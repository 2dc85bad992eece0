using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Takes a record's payload apart.</summary>
internal static class LogDecoder
{
    /// <returns>Samples whose series is unknown.</returns>
    /// <exception cref="InvalidDataException">The payload is not one.</exception>
    public static int Decode(ReadOnlySpan<byte> payload, ILogReceiver receiver)
    {
        var cursor = new ByteCursor(payload);
        switch ((LogRecordKind)cursor.Byte())
        {
            case LogRecordKind.Series:
                Series(ref cursor, receiver);
                return 0;
            case LogRecordKind.Floats:
                return Samples(ref cursor, receiver, histograms: false);
            case LogRecordKind.Histograms:
                return Samples(ref cursor, receiver, histograms: true);
            case LogRecordKind.Metadata:
                Metadata(ref cursor, receiver);
                return 0;
            default:
                throw new InvalidDataException("A log record is of an unknown kind.");
        }
    }

    private static void Series(ref ByteCursor cursor, ILogReceiver receiver)
    {
        var tenant = Tenant(ref cursor);
        for (var number = unchecked((long)cursor.Unsigned()); !cursor.IsEmpty; number++)
        {
            receiver.Series(tenant, number, cursor.Prefixed());
        }
    }

    private static int Samples(ref ByteCursor cursor, ILogReceiver receiver, bool histograms)
    {
        var unknown = 0;
        var number = 0L;
        var time = 0L;
        while (!cursor.IsEmpty)
        {
            number = unchecked(number + cursor.Signed());
            time = unchecked(time + cursor.Signed());
            var histogram = histograms ? HistogramDecoder.Read(ref cursor, null, out _) : null;
            var value = histograms ? double.NaN : cursor.Double();
            unknown += receiver.Sample(number, time, value, histogram) ? 0 : 1;
        }

        return unknown;
    }

    private static void Metadata(ref ByteCursor cursor, ILogReceiver receiver)
    {
        var tenant = Tenant(ref cursor);
        while (!cursor.IsEmpty)
        {
            var family = cursor.Text();
            var type = (MetricType)cursor.Byte();
            receiver.Metadata(tenant, new MetricMetadata(family, Enum.IsDefined(type) ? type : MetricType.Unknown, cursor.Text(), cursor.Text()));
        }
    }

    private static TenantId Tenant(ref ByteCursor cursor)
    {
        var name = cursor.Text();
        return TenantId.IsValid(name) ? new TenantId(name) : throw new InvalidDataException("A log record names no tenant.");
    }
}
