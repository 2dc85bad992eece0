namespace Signalbox.Runner.Agents;

/// <summary>Cuts a stream of bytes into lines, however the bytes are cut into chunks.</summary>
/// <remarks>
/// A line within one chunk is handed out where it stands; only one that spans chunks is copied, into a buffer that doubles, so that a line is copied a bounded number of times.
/// A buffer that a huge line made is given back after it. A line above the bound is skipped to its end and never held. Not thread-safe.
/// </remarks>
/// <param name="maxLineBytes">At least 1.</param>
internal sealed class LineSplitter(long maxLineBytes)
{
    /// <summary>What is kept between lines; a larger buffer is given back.</summary>
    private const int KeptBuffer = 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly int _maxLineBytes = (int)Math.Clamp(maxLineBytes, 1, Array.MaxLength);
    private ReadOnlyMemory<byte> _chunk;
    private byte[] _held = [];
    private int _heldLength;
    private bool _skipping;
    private long _number;
    private long _lineLength;

    /// <summary>Bytes appended so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the first line begins that has not been handed out.</summary>
    public long LineStart { get; private set; }

    /// <summary>Takes the next bytes; all lines of those before must have been read.</summary>
    /// <param name="chunk">Must stay unchanged until <see cref="TryRead"/> has returned false.</param>
    public void Append(ReadOnlyMemory<byte> chunk)
    {
        if (!_chunk.IsEmpty)
        {
            throw new InvalidOperationException("The lines of the chunk before have not been read.");
        }

        _chunk = chunk;
        Bytes += chunk.Length;
    }

    /// <summary>Gives the next line that the bytes so far complete.</summary>
    public bool TryRead(out StreamLine line)
    {
        var end = _chunk.Span.IndexOf((byte)'\n');
        if (end < 0)
        {
            Hold(_chunk);
            _chunk = default;
            line = default;
            return false;
        }

        var rest = _chunk[..end];
        _chunk = _chunk[(end + 1)..];
        line = Complete(rest, lineFeed: 1);
        return true;
    }

    /// <summary>Gives what stands after the last line feed when the stream has ended; false when nothing does.</summary>
    public bool TryFinish(out StreamLine line)
    {
        if (!_chunk.IsEmpty)
        {
            throw new InvalidOperationException("The lines of the last chunk have not been read.");
        }

        if (_lineLength == 0)
        {
            line = default;
            return false;
        }

        line = Complete(default, lineFeed: 0);
        return true;
    }

    private StreamLine Complete(ReadOnlyMemory<byte> rest, int lineFeed)
    {
        StreamLine line;
        if (_heldLength == 0 && !_skipping && rest.Length <= _maxLineBytes)
        {
            _lineLength = rest.Length;
            line = new StreamLine(_number, LineStart, _lineLength, Trim(rest), IsTooLong: false);
        }
        else
        {
            Hold(rest);
            line = new StreamLine(_number, LineStart, _lineLength, _skipping ? default : Trim(_held.AsMemory(0, _heldLength)), _skipping);
        }

        // The line handed out keeps the array until the caller is done with it; the splitter only lets go of it.
        if (_held.Length > KeptBuffer)
        {
            _held = [];
        }

        LineStart += _lineLength + lineFeed;
        _number++;
        _lineLength = 0;
        _heldLength = 0;
        _skipping = false;
        return line;
    }

    private void Hold(ReadOnlyMemory<byte> part)
    {
        _lineLength += part.Length;
        if (_skipping || part.IsEmpty)
        {
            return;
        }

        if (_lineLength > _maxLineBytes)
        {
            _skipping = true;
            _heldLength = 0;
            _held = _held.Length > KeptBuffer ? [] : _held;
            return;
        }

        var needed = _heldLength + part.Length;
        if (needed > _held.Length)
        {
            var size = (int)Math.Min(Math.Max(Math.Max(needed, 4096), _held.Length * 2L), Array.MaxLength);
            Array.Resize(ref _held, size);
        }

        part.Span.CopyTo(_held.AsSpan(_heldLength));
        _heldLength = needed;
    }

    private ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        if (_number == 0 && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
