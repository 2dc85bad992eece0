using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Appends commit groups to the newest segment.</summary>
/// <remarks>Used by the store's one writer only.</remarks>
internal sealed class LogWriter(LogFolder folder, long segmentBytes) : IDisposable
{
    private SafeFileHandle? _file;
    private LogSegment? _segment;
    private bool _unsynced;

    /// <summary>The segment that the next group goes to.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public LogSegment Segment()
    {
        if (_segment is { } full && full.Bytes >= segmentBytes)
        {
            Rotate();
        }

        if (_segment is null)
        {
            Open(folder.Next());
        }

        return _segment!;
    }

    /// <summary>Writes a group's records; when it fails, the segment ends where it ended before and is not used again.</summary>
    public void Append(ReadOnlySpan<byte> records, long newestTime)
    {
        var segment = _segment!;
        try
        {
            RandomAccess.Write(_file!, records, segment.Bytes);
        }
        catch (IOException)
        {
            Abandon();
            throw;
        }

        segment.Bytes += records.Length;
        segment.NewestTime = Math.Max(segment.NewestTime, newestTime);
        _unsynced = true;
    }

    /// <summary>Makes what was appended survive a loss of power.</summary>
    public void Sync()
    {
        if (_unsynced && _file is not null)
        {
            RandomAccess.FlushToDisk(_file);
            _unsynced = false;
        }
    }

    /// <summary>Takes back a group that was written but could not be made durable.</summary>
    public void TakeBack(int length)
    {
        _segment!.Bytes -= length;
        Abandon();
    }

    /// <summary>Ends the segment; the next group starts another.</summary>
    public void Rotate()
    {
        Sync();
        _file?.Dispose();
        _file = null;
        _segment = null;
    }

    public bool IsCurrent(LogSegment segment) => ReferenceEquals(segment, _segment);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Open(LogSegment segment)
    {
        try
        {
            _file = File.OpenHandle(segment.Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            Span<byte> header = stackalloc byte[LogFormat.SegmentHeaderBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(header, LogFormat.SegmentMagic);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)segment.Number);
            RandomAccess.Write(_file, header, 0);
            segment.Bytes = header.Length;
            _segment = segment;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
            folder.Drop([segment]);
            throw;
        }
    }

    // After a failed write nobody knows what the file ends with, so it is cut to what was acknowledged. If even that fails, the checksum finds the torn end at
    // the next start.
    private void Abandon()
    {
        try
        {
            RandomAccess.SetLength(_file!, _segment!.Bytes);
            RandomAccess.FlushToDisk(_file!);
        }
        catch (IOException)
        {
            _unsynced = false;
        }

        _file!.Dispose();
        _file = null;
        _segment = null;
    }
}
