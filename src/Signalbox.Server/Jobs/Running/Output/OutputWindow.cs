using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>Keeps the first quarter and the last three quarters of a text that may grow without end, cut into rows.</summary>
/// <remarks>
/// Rows are at most a sixteenth of the limit and 32 KiB; the tail loses whole rows, its oldest first, so what is kept of the end is less than a row short
/// of three quarters. Sizes are bytes of UTF-8. A row's text is forgotten once it is written. Not thread-safe.
/// </remarks>
internal sealed class OutputWindow
{
    private const int LargestRow = 32 << 10;
    private const int SmallestRow = 64;
    private const int LongestCharacter = 4;

    private readonly string _executionId;
    private readonly long _tailLimit;
    private readonly int _rowLimit;
    private readonly Queue<Kept> _pendingHead = new();
    private readonly Queue<Kept> _tail = new();
    private readonly StringBuilder _open = new();
    private OutputStream _openStream;
    private long _openAtMs;
    private int _openBytes;
    private long _headRoom;
    private long _tailBytes;
    private long _next;
    private long _mark;
    private long _markedBytes;
    private long _through;
    private bool _unsure;

    /// <param name="limit">Bytes kept; at least 1 KiB.</param>
    public OutputWindow(string executionId, int attempt, long limit)
    {
        _executionId = executionId;
        _headRoom = limit / 4;
        _tailLimit = limit - _headRoom;
        _rowLimit = (int)Math.Clamp(limit / 16, SmallestRow, LargestRow);
        _next = OutputSequence.FirstOf(attempt);
        _through = _next - 1;
    }

    /// <summary>Bytes left out between head and tail.</summary>
    public long CutBytes { get; private set; }

    /// <summary>Bytes that wait in memory to be written.</summary>
    public long PendingBytes { get; private set; }

    public bool HasChanges => _openBytes > 0 || _next - 1 > _through || CutBytes != _markedBytes;

    private bool InTail => _mark > 0;

    public void Append(OutputStream stream, ReadOnlySpan<char> text, long atMs)
    {
        if (_openBytes > 0 && _openStream != stream)
        {
            CloseRow();
        }

        var buffer = ArrayPool<byte>.Shared.Rent(_rowLimit);
        while (text.Length > 0)
        {
            if (RoomInRow() < LongestCharacter)
            {
                CloseRow();
                BeginTailWhenDue();
            }

            if (_openBytes == 0)
            {
                (_openStream, _openAtMs) = (stream, atMs);
            }

            // The transcoder stops before the first character that does not fit as a whole, so no row ends inside one.
            Utf8.FromUtf16(text, buffer.AsSpan(0, RoomInRow()), out var taken, out var bytes);
            _open.Append(text[..taken]);
            _openBytes += bytes;
            PendingBytes += bytes;
            text = text[taken..];
            if (text.Length > 0)
            {
                CloseRow();
                BeginTailWhenDue();
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>What has to be done to the table; null when it is as it should be.</summary>
    public OutputChange? Take()
    {
        CloseRow();
        if (!HasChanges)
        {
            return null;
        }

        var rows = new List<OutputRow>(_pendingHead.Select(static kept => kept.Row!));
        var marks = CutBytes != _markedBytes;
        if (marks)
        {
            var first = _tail.Peek();
            rows.Add(new OutputRow(_mark, first.Stream, first.AtMs, string.Create(CultureInfo.InvariantCulture, $"\n[{CutBytes} bytes left out here]\n")));
        }

        rows.AddRange(_tail.Where(kept => kept.Seq > _through).Select(static kept => kept.Row!));
        var deletes = marks && _through >= _mark;
        return new OutputChange(_executionId, rows, deletes ? _mark : 0, deletes ? _tail.Peek().Seq : 0, _through, _next - 1, _unsure, CutBytes);
    }

    /// <summary>The change is in the table.</summary>
    public void Written(OutputChange change)
    {
        _unsure = false;
        _markedBytes = change.CutBytes;
        _through = change.Through;
        while (_pendingHead.TryPeek(out var head) && head.Seq <= _through)
        {
            PendingBytes -= _pendingHead.Dequeue().Bytes;
        }

        foreach (var kept in _tail.Where(kept => kept.Row is not null && kept.Seq <= _through))
        {
            PendingBytes -= kept.Bytes;
            kept.Row = null;
        }
    }

    /// <summary>The change was not written, or nobody knows.</summary>
    public void NotWritten() => _unsure = true;

    /// <summary>Leaves out rows of the tail, oldest first, until at most <paramref name="bytes"/> wait in memory or one row is left of it.</summary>
    /// <returns>Bytes left out by this call.</returns>
    public long Shed(long bytes)
    {
        CloseRow();
        var before = CutBytes;
        while (PendingBytes > bytes && _tail.Count > 1)
        {
            DropOldest();
        }

        return CutBytes - before;
    }

    private int RoomInRow() => (InTail ? _rowLimit : (int)Math.Min(_rowLimit, _headRoom)) - _openBytes;

    private void BeginTailWhenDue()
    {
        if (!InTail && _headRoom < LongestCharacter)
        {
            _mark = _next++;
        }
    }

    private void CloseRow()
    {
        if (_openBytes == 0)
        {
            return;
        }

        var kept = new Kept(new OutputRow(_next++, _openStream, _openAtMs, _open.ToString()), _openBytes);
        _open.Clear();
        _openBytes = 0;
        if (!InTail)
        {
            _headRoom -= kept.Bytes;
            _pendingHead.Enqueue(kept);
            return;
        }

        _tail.Enqueue(kept);
        _tailBytes += kept.Bytes;
        while (_tailBytes > _tailLimit)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        var kept = _tail.Dequeue();
        _tailBytes -= kept.Bytes;
        CutBytes += kept.Bytes;
        PendingBytes -= kept.Row is null ? 0 : kept.Bytes;
    }

    /// <summary>A row that is kept; its text only until it is written.</summary>
    private sealed class Kept(OutputRow row, int bytes)
    {
        public long Seq { get; } = row.Seq;

        public OutputStream Stream { get; } = row.Stream;

        public long AtMs { get; } = row.AtMs;

        public int Bytes => bytes;

        public OutputRow? Row { get; set; } = row;
    }
}
