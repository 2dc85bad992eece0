using System.Buffers;
using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using IronSnappy;

namespace Signalbox.Testing.Wire;

/// <summary>Builds the body of a remote-write 1.0 request as a Prometheus that sends to us would.</summary>
/// <remarks>Source: https://prometheus.io/docs/specs/prw/remote_write_spec/</remarks>
public sealed class RemoteWriteBody
{
    private readonly ArrayBufferWriter<byte> _request = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> _series = new(1024);

    /// <summary>Adds one series with its samples.</summary>
    /// <param name="labels">Sorted by name, the metric's name among them.</param>
    /// <param name="samples">Milliseconds since the Unix epoch, and value.</param>
    public void Add(IEnumerable<(string Name, string Value)> labels, IEnumerable<(long Timestamp, double Value)> samples)
    {
        _series.ResetWrittenCount();
        foreach (var (name, value) in labels)
        {
            var nameLength = Encoding.UTF8.GetByteCount(name);
            var valueLength = Encoding.UTF8.GetByteCount(value);
            Tag(_series, 1, wireType: 2);
            Varint(_series, (ulong)(2 + LengthOf((ulong)nameLength) + nameLength + LengthOf((ulong)valueLength) + valueLength));
            Text(_series, 1, name);
            Text(_series, 2, value);
        }

        foreach (var (timestamp, value) in samples)
        {
            Tag(_series, 2, wireType: 2);
            Varint(_series, (ulong)(10 + LengthOf((ulong)timestamp)));
            Tag(_series, 1, wireType: 1);
            BinaryPrimitives.WriteDoubleLittleEndian(_series.GetSpan(8), value);
            _series.Advance(8);
            Tag(_series, 2, wireType: 0);
            Varint(_series, (ulong)timestamp);
        }

        Tag(_request, 1, wireType: 2);
        Varint(_request, (ulong)_series.WrittenCount);
        _request.Write(_series.WrittenSpan);
    }

    /// <summary>The compressed bytes of what was added; the next body starts empty.</summary>
    public byte[] Take()
    {
        var compressed = Snappy.Encode(_request.WrittenSpan);
        _request.ResetWrittenCount();
        return compressed;
    }

    /// <summary>A body with the headers that belong to it.</summary>
    public static ByteArrayContent Content(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        return content;
    }

    private static void Text(ArrayBufferWriter<byte> output, int field, string text)
    {
        Tag(output, field, wireType: 2);
        var length = Encoding.UTF8.GetByteCount(text);
        Varint(output, (ulong)length);
        Encoding.UTF8.GetBytes(text, output.GetSpan(Math.Max(1, length)));
        output.Advance(length);
    }

    private static void Tag(ArrayBufferWriter<byte> output, int field, int wireType) => Varint(output, ((ulong)field << 3) | (uint)wireType);

    private static void Varint(ArrayBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var written = 0;
        while (value >= 0x80)
        {
            span[written++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[written++] = (byte)value;
        output.Advance(written);
    }

    private static int LengthOf(ulong value)
    {
        var length = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            length++;
        }

        return length;
    }
}
