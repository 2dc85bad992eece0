using System.Buffers.Binary;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>A chunk as it lies on disk: version, number of samples (varint), body, CRC32C of all before it (u32, little-endian).</summary>
internal sealed class ChunkBlob
{
    private const int ChecksumBytes = 4;

    private byte[] _bits = new byte[1024];
    private ByteAppender _blob = new(new byte[1024], 0);

    /// <summary>Packs samples of one kind.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(SampleBuffer samples, int start, int count)
    {
        _blob.Clear();
        if (samples.HistogramAt(start) is not null)
        {
            Begin(ChunkVersion.Histogram, count);
            AppendHistograms(samples, start, count);
        }
        else
        {
            AppendFloats(samples, start, count);
        }

        _blob.Fixed32(Crc32C.Of(_blob.Written));
        return _blob.Written;
    }

    /// <summary>Appends the samples of the closed window to <paramref name="buffer"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a chunk, or damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> blob, long start, TimeWindow window, SampleBuffer buffer)
    {
        if (blob.Length <= ChecksumBytes || Crc32C.Of(blob[..^ChecksumBytes]) != BinaryPrimitives.ReadUInt32LittleEndian(blob[^ChecksumBytes..]))
        {
            throw new InvalidDataException("A chunk's checksum does not match.");
        }

        var cursor = new ByteCursor(blob[..^ChecksumBytes]);
        var version = (ChunkVersion)cursor.Byte();
        var count = cursor.Unsigned();

        // Every sample takes at least a bit, so a larger count is damage and must not keep a reader busy.
        if (count > (ulong)blob.Length * 8)
        {
            throw new InvalidDataException("A chunk announces more samples than it can hold.");
        }

        var body = cursor.Take(cursor.Remaining);
        switch (version)
        {
            case ChunkVersion.Xor:
                XorDecoder.Decode(body, (int)count, start, window, buffer);
                break;
            case ChunkVersion.Histogram:
                HistogramDecoder.Decode(body, (int)count, start, window, buffer);
                break;
            case ChunkVersion.Decimal:
                DecimalDecoder.Decode(body, (int)count, start, window, buffer);
                break;
            default:
                throw new InvalidDataException($"A chunk has version {(byte)version}, which this program does not know.");
        }
    }

    private void Begin(ChunkVersion version, int count)
    {
        _blob.Byte((byte)version);
        _blob.Unsigned((ulong)count);
    }

    private void AppendFloats(SampleBuffer samples, int start, int count)
    {
        var times = samples.Timestamps.Slice(start, count);
        var values = samples.Values.Slice(start, count);
        var state = default(XorState);
        Array.Clear(_bits);
        XorEncoder.Begin(ref state, ref _bits, times[0], values[0]);
        for (var index = 1; index < count; index++)
        {
            XorEncoder.Append(ref state, ref _bits, times[index], values[index]);
        }

        var bytes = (state.Bits + 7) / 8;
        var plan = DecimalPlan.For(values);
        if (plan is not null)
        {
            var mark = _blob.Length;
            Begin(ChunkVersion.Decimal, count);
            DecimalEncoder.Append(ref _blob, plan, times);
            if (_blob.Length - mark < bytes)
            {
                return;
            }

            _blob.Truncate(mark);
        }

        Begin(ChunkVersion.Xor, count);
        _blob.Bytes(_bits.AsSpan(0, bytes));
    }

    private void AppendHistograms(SampleBuffer samples, int start, int count)
    {
        HistogramSample? previous = null;
        var delta = 0L;
        for (var index = start; index < start + count; index++)
        {
            var next = index == start ? 0 : unchecked(samples.Timestamps[index] - samples.Timestamps[index - 1]);
            HistogramEncoder.Append(ref _blob, previous, unchecked(next - delta), samples.HistogramAt(index)!);
            previous = samples.HistogramAt(index);
            delta = next;
        }
    }
}
