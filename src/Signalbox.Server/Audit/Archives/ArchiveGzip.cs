namespace Signalbox.Server.Audit.Archives;

/// <summary>Writes gzip with a header that is the same everywhere, so that a reader can tell that not a byte of it was changed.</summary>
/// <param name="output">Where the rest goes as it comes.</param>
/// <remarks>The header is the one part of gzip that no checksum covers. Source: https://www.rfc-editor.org/rfc/rfc1952#section-2.3</remarks>
internal sealed class ArchiveGzip(Stream output) : Stream
{
    private int _written;

    /// <summary>Deflate, no flags, no time, no hint, unknown system.</summary>
    public static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => output.Write(_written < Header.Length ? Fixed(buffer) : buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_written < Header.Length)
        {
            buffer = Fixed(buffer.Span);
        }

        await output.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => output.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private byte[] Fixed(ReadOnlySpan<byte> buffer)
    {
        var copy = buffer.ToArray();
        for (var i = 0; i < copy.Length && _written < Header.Length; i++, _written++)
        {
            copy[i] = Header[_written];
        }

        return copy;
    }
}
