using System.Buffers.Binary;
using System.IO.Compression;

namespace Signalbox.Server.Audit.Archives;

/// <summary>Unpacks gzip and knows whether it came to its end: .NET takes a file that was cut off within its last bytes for a whole one.</summary>
internal sealed class ArchiveUnzip(FileStream file) : Stream
{
    private const int LengthSize = 4;

    private readonly GZipStream _gzip = new(file, CompressionMode.Decompress, leaveOpen: true);
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what follows the tar's end, which is nothing but zeroes, and compares the length with the one that gzip noted at the very end.</summary>
    /// <exception cref="InvalidDataException">Something is missing, was added, or was changed.</exception>
    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[4096];
        int count;
        while ((count = await ReadAsync(rest, cancellationToken)) > 0)
        {
            if (rest.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                throw new InvalidDataException("something follows its end.");
            }
        }

        var length = new byte[LengthSize];
        file.Position = Math.Max(0, file.Length - LengthSize);
        await file.ReadExactlyAsync(length, cancellationToken);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != unchecked((uint)_count))
        {
            throw new InvalidDataException("it was cut off, or something was put behind it.");
        }
    }

    public override int Read(Span<byte> buffer) => Count(_gzip.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await _gzip.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int count)
    {
        _count += count;
        return count;
    }
}
