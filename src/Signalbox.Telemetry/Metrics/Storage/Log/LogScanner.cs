using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Reads the records of one segment, through a window, and finds the next whole one behind damage.</summary>
internal sealed class LogScanner(SafeFileHandle file, long length)
{
    private byte[] _window = new byte[4 << 20];
    private long _windowStart;
    private int _windowLength;

    public long Position { get; private set; } = LogFormat.SegmentHeaderBytes;

    public bool AtEnd => Position >= length;

    /// <summary>Whether the segment starts as one of this number must.</summary>
    public bool HasHeader(long number)
    {
        var header = View(0, LogFormat.SegmentHeaderBytes);
        return header.Length == LogFormat.SegmentHeaderBytes
            && BinaryPrimitives.ReadUInt64LittleEndian(header) == LogFormat.SegmentMagic
            && BinaryPrimitives.ReadUInt64LittleEndian(header[8..]) == (ulong)number;
    }

    /// <summary>Reads the record at the position and moves behind it.</summary>
    /// <param name="payload">Valid until the next call.</param>
    /// <returns>False when there is no whole record.</returns>
    public bool TryRead(out ReadOnlySpan<byte> payload)
    {
        payload = RecordAt(Position);
        if (payload.IsEmpty)
        {
            return false;
        }

        Position += LogFormat.RecordHeaderBytes + payload.Length;
        return true;
    }

    /// <summary>Moves to the next whole record behind damage at the position.</summary>
    /// <returns>False, with the position kept, when there is none.</returns>
    public bool TryResume()
    {
        Span<byte> magic = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(magic, LogFormat.RecordMagic);
        for (var from = Position + 1; from < length;)
        {
            var view = View(from, 1 << 20);
            var found = view.IndexOf(magic);
            if (found < 0)
            {
                // The last bytes may be the beginning of a magic word.
                from += Math.Max(1, view.Length - 3);
                continue;
            }

            from += found;
            if (!RecordAt(from).IsEmpty)
            {
                Position = from;
                return true;
            }

            from++;
        }

        return false;
    }

    private ReadOnlySpan<byte> RecordAt(long at)
    {
        var header = View(at, LogFormat.RecordHeaderBytes);
        if (header.Length < LogFormat.RecordHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(header) != LogFormat.RecordMagic)
        {
            return [];
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (size is 0 or > LogFormat.MaxRecordBytes || at + LogFormat.RecordHeaderBytes + size > length)
        {
            return [];
        }

        var payload = View(at + LogFormat.RecordHeaderBytes, (int)size);
        return payload.Length == size && Crc32C.Of(payload) == checksum ? payload : [];
    }

    // At most `count` bytes from `at`, fewer at the end of the file.
    private ReadOnlySpan<byte> View(long at, int count)
    {
        count = (int)Math.Min(count, Math.Max(0, length - at));
        if (at < _windowStart || at + count > _windowStart + _windowLength)
        {
            if (count > _window.Length)
            {
                _window = new byte[count];
            }

            _windowStart = at;
            _windowLength = 0;
            while (_windowLength < _window.Length)
            {
                var read = RandomAccess.Read(file, _window.AsSpan(_windowLength), at + _windowLength);
                if (read == 0)
                {
                    break;
                }

                _windowLength += read;
            }
        }

        var available = (int)Math.Min(count, _windowStart + _windowLength - at);
        return available <= 0 ? [] : _window.AsSpan((int)(at - _windowStart), available);
    }
}
