using System.Threading.Channels;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>Carries the command's output from its pipe to disk, from there to our own output, untouched, and tells how far it has come.</summary>
/// <remarks>
/// Whoever reads our output and is slow slows the command down, as without a runner between; whoever goes away stops neither the command nor what is written down.
/// Marks that are not read yet wait in a bounded channel, and then the command waits, too: nothing is dropped.
/// </remarks>
internal sealed class OutputPump(StreamFile raw, Stream ours, ChannelWriter<StreamMark> marks, TimeProvider clock, Action<string, string> warn)
{
    /// <summary>More than a pipe holds: what comes beyond that after the command's end was written by somebody who outlived it.</summary>
    public const long MostAfterEnd = 2 << 20;

    private const int PieceLength = 64 * 1024;
    private const long Busy = -1;

    private Stream? _ours = ours;
    private bool _isKept = true;
    private bool _isRead = true;
    private StreamMark _reached;
    private long _taken;
    private long _waitsSince = Busy;

    /// <summary>Bytes that were not written down because the disk did not take them.</summary>
    public long NotKept { get; private set; }

    /// <summary>Runs until the command, and all that it gave its output to, have closed it, or the command has ended and no more is to come of it.</summary>
    /// <param name="ended">Done when the command and all of its tree have ended.</param>
    /// <param name="grace">How long to wait then for what is to be read; the time that our own reader takes does not count.</param>
    public async Task RunAsync(Stream output, Task ended, TimeSpan grace)
    {
        using var abandon = new CancellationTokenSource();
        var carrying = CarryAsync(output, abandon.Token);
        await Task.WhenAny(carrying, ended);
        if (!carrying.IsCompleted && !await IsClosedAsync(carrying, grace))
        {
            warn("output_left_open", "The command has ended and somebody outside of its tree holds its output open; what comes from there is not waited for.");
            await abandon.CancelAsync();
        }

        try
        {
            await carrying;
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // What was written down by then is read all the same.
        }
    }

    private async Task CarryAsync(Stream output, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceLength];
        try
        {
            int length;
            while ((length = await ReadAsync(output, piece, cancellationToken)) > 0)
            {
                Volatile.Write(ref _taken, _taken + length);
                var mark = Keep(piece.AsSpan(0, length), clock.GetUtcNow());
                await PassOnAsync(piece.AsMemory(0, length));
                await MarkAsync(mark);
            }

            if (_isKept)
            {
                await MarkAsync(raw.Complete(clock.GetUtcNow()));
            }
        }
        finally
        {
            marks.TryComplete();
        }
    }

    /// <returns>Whether the output was closed; otherwise nothing came for the grace, or more than the command can have left.</returns>
    private async Task<bool> IsClosedAsync(Task carrying, TimeSpan grace)
    {
        var (end, before) = (clock.GetTimestamp(), Volatile.Read(ref _taken));
        while (true)
        {
            var since = Volatile.Read(ref _waitsSince);
            var left = since == Busy ? grace : grace - clock.GetElapsedTime(Math.Max(since, end));
            if (left <= TimeSpan.Zero || Volatile.Read(ref _taken) - before > MostAfterEnd)
            {
                return false;
            }

            try
            {
                await carrying.WaitAsync(left, clock);
                return true;
            }
            catch (TimeoutException)
            {
                // Looked at again: it may be our own reader who takes its time.
            }
        }
    }

    private async ValueTask<int> ReadAsync(Stream output, Memory<byte> piece, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _waitsSince, clock.GetTimestamp());
        try
        {
            return await output.ReadAsync(piece, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _waitsSince, Busy);
        }
    }

    private StreamMark? Keep(ReadOnlySpan<byte> bytes, DateTimeOffset at)
    {
        if (_isKept)
        {
            try
            {
                return raw.Write(bytes, at);
            }
            catch (IOException exception)
            {
                _isKept = false;
                warn("stream_not_kept", $"The output could not be written down any more and is not read from here on: {exception.Message}");
            }
        }

        // A sign of life all the same: an agent that goes on is not taken for one that has stalled.
        NotKept += bytes.Length;
        return _reached with { At = at };
    }

    private async Task MarkAsync(StreamMark? mark)
    {
        if (mark is not { } reached || !_isRead)
        {
            return;
        }

        try
        {
            _reached = reached;
            await marks.WriteAsync(reached);
        }
        catch (ChannelClosedException)
        {
            _isRead = false;
            warn("stream_not_read", "The output could not be read any more; it is still written down, and a replay can read it.");
        }
    }

    private async Task PassOnAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_ours is null)
        {
            return;
        }

        try
        {
            await _ours.WriteAsync(bytes);
            await _ours.FlushAsync();
        }
        catch (IOException exception)
        {
            _ours = null;
            warn("output_closed", $"Nobody reads the output any more; it is still written down: {exception.Message}");
        }
    }
}
