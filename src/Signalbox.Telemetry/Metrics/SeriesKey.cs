using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics;

/// <summary>Reads and writes the canonical bytes of a label set, described at <see cref="MetricBatch"/>.</summary>
public static class SeriesKey
{
    /// <summary>Writes one length-prefixed part.</summary>
    /// <param name="destination">At least five bytes longer than <paramref name="part"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int WritePart(Span<byte> destination, ReadOnlySpan<byte> part)
    {
        var written = 0;
        var length = (uint)part.Length;
        while (length >= 0x80)
        {
            destination[written++] = (byte)(length | 0x80);
            length >>= 7;
        }

        destination[written++] = (byte)length;
        part.CopyTo(destination[written..]);
        return written + part.Length;
    }

    /// <summary>Takes the next part off the front of a key.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a key.</exception>
    public static ReadOnlySpan<byte> ReadPart(ref ReadOnlySpan<byte> key)
    {
        uint length = 0;
        var shift = 0;
        var read = 0;
        while (true)
        {
            if (read == key.Length || shift > 28)
            {
                throw new InvalidDataException("A series key ends within a length.");
            }

            var current = key[read++];
            length |= (uint)(current & 0x7f) << shift;
            if (current < 0x80)
            {
                break;
            }

            shift += 7;
        }

        if (length > (uint)(key.Length - read))
        {
            throw new InvalidDataException("A series key ends within a label.");
        }

        var part = key.Slice(read, (int)length);
        key = key[(read + (int)length)..];
        return part;
    }

    public static byte[] FromLabels(Labels labels)
    {
        using var batch = new MetricBatch();
        batch.BeginSeries();
        foreach (var label in labels)
        {
            batch.AddLabel(label.Name, label.Value);
        }

        batch.EndLabels();
        return batch.KeyOf(0).ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not a key.</exception>
    public static Labels ToLabels(ReadOnlySpan<byte> key)
    {
        var labels = new List<Label>();
        while (!key.IsEmpty)
        {
            var name = ReadPart(ref key);
            labels.Add(new Label(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(ReadPart(ref key))));
        }

        return Labels.FromSorted([.. labels]);
    }
}
