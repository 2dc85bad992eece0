using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Collects the records of one commit group.</summary>
internal sealed class LogRecords
{
    private ByteAppender _bytes = new(new byte[64 * 1024], 0);
    private int _start = -1;
    private LogRecordKind _kind;
    private string _tenant = string.Empty;
    private long _number;
    private long _time;

    public ReadOnlySpan<byte> Written => _bytes.Written;

    public void Clear()
    {
        // One huge group must not hold its memory for ever.
        _bytes = _bytes.Data.Length > 32 * LogFormat.RecordTargetBytes ? new ByteAppender(new byte[64 * 1024], 0) : _bytes;
        _bytes.Clear();
        _start = -1;
    }

    public void Series(string tenant, int number, ReadOnlySpan<byte> key)
    {
        if (Continues(LogRecordKind.Series, tenant))
        {
            _bytes.Prefixed(key);
            return;
        }

        Begin(LogRecordKind.Series, tenant);
        _bytes.Text(tenant);
        _bytes.Unsigned((ulong)number);
        _bytes.Prefixed(key);
    }

    public void Float(int number, long time, double value)
    {
        Sample(LogRecordKind.Floats, number, time);
        _bytes.Double(value);
    }

    public void Histogram(int number, long time, HistogramSample sample)
    {
        Sample(LogRecordKind.Histograms, number, time);
        HistogramEncoder.Append(ref _bytes, null, 0, sample);
    }

    public void Metadata(string tenant, MetricMetadata metadata)
    {
        if (!Continues(LogRecordKind.Metadata, tenant))
        {
            Begin(LogRecordKind.Metadata, tenant);
            _bytes.Text(tenant);
        }

        _bytes.Text(metadata.Family);
        _bytes.Byte((byte)metadata.Type);
        _bytes.Text(metadata.Help);
        _bytes.Text(metadata.Unit);
    }

    /// <summary>Closes the record in work; call before <see cref="Written"/> is used.</summary>
    public void End()
    {
        if (_start < 0)
        {
            return;
        }

        var payload = _bytes.Written[(_start + LogFormat.RecordHeaderBytes)..];
        _bytes.Overwrite32(_start + 4, (uint)payload.Length);
        _bytes.Overwrite32(_start + 8, Crc32C.Of(payload));
        _start = -1;
    }

    private void Sample(LogRecordKind kind, int number, long time)
    {
        if (!Continues(kind, string.Empty))
        {
            Begin(kind, string.Empty);
            _number = 0;
            _time = 0;
        }

        _bytes.Signed(number - _number);
        _bytes.Signed(unchecked(time - _time));
        _number = number;
        _time = time;
    }

    private bool Continues(LogRecordKind kind, string tenant) =>
        _start >= 0 && _kind == kind && _tenant == tenant && _bytes.Length - _start < LogFormat.RecordTargetBytes;

    private void Begin(LogRecordKind kind, string tenant)
    {
        End();
        _start = _bytes.Length;
        _kind = kind;
        _tenant = tenant;
        _bytes.Fixed32(LogFormat.RecordMagic);
        _bytes.Fixed32(0);
        _bytes.Fixed32(0);
        _bytes.Byte((byte)kind);
    }
}
