using System.Globalization;
using System.Threading.Channels;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>Carries the command's output from its pipe to disk, from there to our own output, untouched, and tells how far it has come.</summary>
/// <remarks>
/// Whoever reads our output and is slow slows the command down, as without a runner between; whoever goes away stops neither the command nor what is written down. When the
/// command was ended from outside, by the runner or by a signal, a reader that takes nothing any more is not waited for.
/// Marks that are not read yet wait in a bounded channel, and then the command waits, too: nothing is dropped.
/// </remarks>
internal sealed class OutputPump(StreamFile raw, Stream ours, ChannelWriter<StreamMark> marks, TimeProvider clock, Action<string, string> warn)
{
    /// <summary>More than a pipe holds: what comes beyond that after the command's end was written by somebody who outlived it.</summary>
    public const long MostAfterEnd = 2 << 20;

    private const int PieceLength = 64 * 1024;
    private const long Busy = -1;

    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _piece = new byte[PieceLength];
    private Stream? _ours = ours;
    private bool _isKept = true;
    private bool _isRead = true;
    private StreamMark _reached;
    private long _taken;
    private long _waitsSince = Busy;
    private long _passesSince = Busy;

    /// <summary>Bytes that were not written down because the disk did not take them, or the bound was reached.</summary>
    public long NotKept => _isKept ? 0 : Volatile.Read(ref _taken) - raw.Length;

    /// <summary>Bytes that were not waited for until somebody took them; some of the first piece of them may have been taken.</summary>
    public long NotPassedOn { get; private set; }

    /// <summary>Runs until the command, and all that it gave its output to, have closed it, or the command has ended and no more is to come of it.</summary>
    public async Task RunAsync(Stream output, OutputEnd end)
    {
        using var abandon = new CancellationTokenSource();
        var carrying = CarryAsync(output, abandon.Token);
        await Task.WhenAny(carrying, end.Ended);
        if (!carrying.IsCompleted && !await IsClosedAsync(carrying, end))
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

        if (NotPassedOn > 0)
        {
            warn("output_not_taken", string.Create(
                CultureInfo.InvariantCulture,
                $"The command was ended, and nobody took its output for {end.Grace.TotalSeconds:0.###} s: its last {NotPassedOn} bytes, or some of them, were not passed on. They stand in stream.ndjson as far as that was written."));
        }
    }

    private async Task CarryAsync(Stream output, CancellationToken cancellationToken)
    {
        try
        {
            int length;
            while ((length = await ReadAsync(output, _piece, cancellationToken)) > 0)
            {
                Volatile.Write(ref _taken, _taken + length);
                var mark = Keep(_piece.AsSpan(0, length), clock.GetUtcNow());
                await PassOnAsync(_piece.AsMemory(0, length));
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
    private async Task<bool> IsClosedAsync(Task carrying, OutputEnd end)
    {
        var (ended, before) = (clock.GetTimestamp(), Volatile.Read(ref _taken));
        while (true)
        {
            var left = Left(Volatile.Read(ref _waitsSince));
            if (left <= TimeSpan.Zero || Volatile.Read(ref _taken) - before > MostAfterEnd)
            {
                return false;
            }

            if (end.Verdict.IsCompleted && left == end.Grace && (left = Left(Volatile.Read(ref _passesSince))) <= TimeSpan.Zero)
            {
                _givenUp.TrySetResult();
                left = end.Grace;
            }

            try
            {
                await (end.Verdict.IsCompleted ? carrying : Task.WhenAny(carrying, end.Verdict)).WaitAsync(left, clock);
            }
            catch (TimeoutException)
            {
                // Looked at again: it may be our own reader who takes its time.
            }

            if (carrying.IsCompleted)
            {
                return true;
            }
        }

        TimeSpan Left(long since) => since == Busy ? end.Grace : end.Grace - clock.GetElapsedTime(Math.Max(since, ended));
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
        if (_isKept && !raw.HasRoomFor(bytes.Length))
        {
            StopKeeping("stream_limit", string.Create(CultureInfo.InvariantCulture, $"The output has reached {raw.Length} bytes, as much as agent.max_stream_bytes allows to keep, and is not read from here on: what the agent does now is not in the report, and no budget but that of time ends it."));
        }

        if (_isKept)
        {
            try
            {
                return raw.Write(bytes, at);
            }
            catch (IOException exception)
            {
                StopKeeping("stream_not_kept", $"The output could not be written down any more and is not read from here on: {exception.Message}");
            }
        }

        // A sign of life all the same: an agent that goes on is not taken for one that has stalled.
        return _reached with { At = at };
    }

    private void StopKeeping(string code, string text)
    {
        _isKept = false;
        raw.EndAtLine();
        warn(code, text);
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
        if (_ours is not { } ours)
        {
            NotPassedOn += _givenUp.Task.IsCompleted ? bytes.Length : 0;
            return;
        }

        Volatile.Write(ref _passesSince, clock.GetTimestamp());
        try
        {
            // Nothing breaks a write off for which nobody is there; so it is left behind on its own thread, with the piece that it holds.
            var passing = Task.Run(
                async () =>
                {
                    await ours.WriteAsync(bytes);
                    await ours.FlushAsync();
                });
            if (await Task.WhenAny(passing, _givenUp.Task) != passing)
            {
                (_ours, _piece) = (null, new byte[PieceLength]);
                NotPassedOn += bytes.Length;
                return;
            }

            await passing;
        }
        catch (IOException exception)
        {
            _ours = null;
            warn("output_closed", $"Nobody reads the output any more; it is still written down: {exception.Message}");
        }
        finally
        {
            Volatile.Write(ref _passesSince, Busy);
        }
    }
}

/// <summary>What the end of a command means for its output.</summary>
/// <param name="Ended">Done when the command and all of its tree have ended.</param>
/// <param name="Verdict">Done when the command is ended from outside: by the runner, or by a signal that came to it.</param>
/// <param name="Grace">How long to wait, when it has ended, for what is to be read; and after a verdict for somebody to take it.</param>
internal sealed record OutputEnd(Task Ended, Task Verdict, TimeSpan Grace);
