using System.Buffers;
using System.Text;

namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>The output of one attempt on its way to the database: decoded, bounded, and handed to the writer when there is something new. Thread-safe.</summary>
internal sealed class RunOutput
{
    private const int DecodeBytes = 16 << 10;

    private readonly Lock _gate = new();
    private readonly OutputWriter _writer;
    private readonly OutputWindow _window;
    private readonly TimeProvider _clock;
    private readonly RunLease? _lease;
    private readonly Decoder _out = Encoding.UTF8.GetDecoder();
    private readonly Decoder _err = Encoding.UTF8.GetDecoder();
    private long _bytes;
    private long _pending;
    private bool _closed;
    private bool _forgotten;
    private int _announced;

    public RunOutput(OutputWriter writer, RunRequest request, long limit, TimeProvider clock)
    {
        _writer = writer;
        _clock = clock;
        _lease = request.Lease;
        _window = new OutputWindow(request.ExecutionId, request.Attempt, limit);
        ExecutionId = request.ExecutionId;
    }

    public string ExecutionId { get; }

    /// <summary>Everything the run wrote, whether it was kept or not.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool IsCut
    {
        get
        {
            lock (_gate)
            {
                return _window.CutBytes > 0;
            }
        }
    }

    public bool HasChanges
    {
        get
        {
            lock (_gate)
            {
                return !_forgotten && _window.HasChanges;
            }
        }
    }

    /// <summary>Takes bytes of UTF-8; characters may be split between calls, and what is no UTF-8 becomes U+FFFD.</summary>
    public void Write(OutputStream stream, ReadOnlySpan<byte> bytes) => Write(stream, bytes, flush: false);

    public void Write(OutputStream stream, string text) => Write(stream, Encoding.UTF8.GetBytes(text));

    /// <summary>Nothing is taken any more; what is there can still be written.</summary>
    public void Close()
    {
        Write(OutputStream.Out, [], flush: true);
        Write(OutputStream.Err, [], flush: true);
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>What has to be written; null when nothing has, or when the lease is over, so that the execution may be somebody else's.</summary>
    public OutputChange? Take()
    {
        Interlocked.Exchange(ref _announced, 0);
        lock (_gate)
        {
            return _forgotten || _lease?.IsOver == true ? null : _window.Take();
        }
    }

    public void Written(OutputChange change)
    {
        lock (_gate)
        {
            _window.Written(change);
            if (!_forgotten)
            {
                CountPending();
            }
        }
    }

    public void NotWritten()
    {
        lock (_gate)
        {
            _window.NotWritten();
        }
    }

    /// <summary>Writes nothing more: the database does not take it, or the execution belongs to somebody else by now.</summary>
    /// <returns>The bytes given up.</returns>
    public long Forget()
    {
        lock (_gate)
        {
            _closed = true;
            _forgotten = true;
            var lost = _window.PendingBytes;
            _writer.Pending(-_pending);
            _pending = 0;
            return lost;
        }
    }

    private void Write(OutputStream stream, ReadOnlySpan<byte> bytes, bool flush)
    {
        var chars = ArrayPool<char>.Shared.Rent(DecodeBytes + 16);
        lock (_gate)
        {
            if (!_closed)
            {
                Interlocked.Add(ref _bytes, bytes.Length);
                var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
                do
                {
                    var part = bytes[..Math.Min(bytes.Length, DecodeBytes)];
                    bytes = bytes[part.Length..];
                    var count = (stream == OutputStream.Out ? _out : _err).GetChars(part, chars, flush && bytes.IsEmpty);

                    // PostgreSQL's texts cannot hold the character nought, so its picture stands for it.
                    chars.AsSpan(0, count).Replace('\0', '\u2400');
                    _window.Append(stream, chars.AsSpan(0, count), now);
                }
                while (bytes.Length > 0);
                if (_writer.Crowded(_window.PendingBytes))
                {
                    _writer.Dropped(_window.Shed(OutputWriter.LeastPending));
                }

                CountPending();
            }
        }

        ArrayPool<char>.Shared.Return(chars);
        if (HasChanges && Interlocked.Exchange(ref _announced, 1) == 0)
        {
            _writer.Announce(this);
        }
    }

    private void CountPending()
    {
        _writer.Pending(_window.PendingBytes - _pending);
        _pending = _window.PendingBytes;
    }
}
