using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Runner.Facts;

/// <summary>Writes an agent's output down, byte for byte, with the times at which its lines arrived.</summary>
/// <remarks>Bytes are the system's before <see cref="Write"/> returns. Not thread-safe.</remarks>
internal sealed class StreamFile : IDisposable
{
    /// <summary>Longer ones are compared by their length only, since reading them again takes seconds.</summary>
    private const long MaxCompared = 256 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _path;
    private readonly FileStream _raw;
    private readonly AppendFile _times;
    private readonly long _maxBytes;
    private long _marked;
    private long _lineEnd;
    private bool _isEnded;
    private bool _isCertain = true;

    /// <param name="maxBytes">That the file may hold.</param>
    public StreamFile(RunFolder folder, long maxBytes)
    {
        _maxBytes = maxBytes;
        _path = folder.File(RunFiles.Stream);
        _raw = PrivateFiles.Open(_path, FileMode.CreateNew);
        _times = new AppendFile(folder.File(RunFiles.StreamTimes));
        Reader = OpenReader(folder.File(RunFiles.Stream));
    }

    /// <summary>Reads what has been written, from its beginning, also when somebody has removed the file meanwhile.</summary>
    public FileStream Reader { get; }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether so many more may be written.</summary>
    public bool HasRoomFor(int length) => Length + length <= _maxBytes;

    /// <returns>How far lines are complete now, when this completed one.</returns>
    /// <exception cref="IOException">They could not be written; what was written before is still there.</exception>
    public StreamMark? Write(ReadOnlySpan<byte> bytes, DateTimeOffset at)
    {
        _raw.Write(bytes);
        _hash.AppendData(bytes);
        var last = bytes.LastIndexOf((byte)'\n');
        var end = Length + last + 1;
        Length += bytes.Length;
        if (last < 0)
        {
            return null;
        }

        _lineEnd = end;
        return Mark(end, at);
    }

    /// <summary>Marks a last line that has no end of its own.</summary>
    public StreamMark? Complete(DateTimeOffset at) => Length > _marked ? Mark(Length, at) : null;

    /// <summary>Nothing more is to come, though the output goes on: takes the beginning of a line away that will never be whole.</summary>
    public void EndAtLine()
    {
        _isEnded = true;
        try
        {
            _raw.SetLength(_lineEnd);
            Length = _lineEnd;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // How much of the last piece came to the disk is not known then.
            _isCertain = false;
        }
    }

    /// <summary>Whether the file is what was written here: every process of the user can write to it.</summary>
    public bool IsIntact()
    {
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists || file.LinkTarget is not null || (_isCertain && file.Length != Length))
            {
                return false;
            }

            // What was taken away again went into the hash as well.
            using var stream = !_isEnded && Length is > 0 and <= MaxCompared ? new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) : null;
            return stream is null || SHA256.HashData(stream).AsSpan().SequenceEqual(_hash.GetCurrentHash());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _hash.Dispose();
        Reader.Dispose();
        _raw.Dispose();
        _times.Dispose();
    }

    /// <summary>Opens a stream's file for reading while it is written.</summary>
    public static FileStream OpenReader(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    private StreamMark Mark(long offset, DateTimeOffset at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        _times.Append(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offset} {milliseconds}\n")));
        _marked = offset;
        return new StreamMark(offset, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }
}

/// <summary>How far an agent's output had come at some time.</summary>
/// <param name="Offset">End of a line: all lines that begin before it had arrived.</param>
/// <param name="At">To the millisecond.</param>
internal readonly record struct StreamMark(long Offset, DateTimeOffset At);
