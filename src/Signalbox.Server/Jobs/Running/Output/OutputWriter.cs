using System.Collections.Concurrent;

namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>Writes the output of all runs of this process, many in one transaction, at most <see cref="Interval"/> after it came.</summary>
/// <remarks>
/// Sleeps while nothing is written. When the database is away, output waits in memory within its bounds and is written later; a run that ends meanwhile
/// waits <see cref="Patience"/> and then leaves the rest out. Thread-safe.
/// </remarks>
internal sealed class OutputWriter : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one write, and the last one of a run, may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that a run may always have waiting, however crowded the memory is.</summary>
    public const long LeastPending = 64 << 10;

    private const int BytesPerTransaction = 4 << 20;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly IOutputTable _table;
    private readonly OutputFeed _feed;
    private readonly RunningMetrics _metrics;
    private readonly long _pendingLimit;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutputWriter> _log;
    private readonly ConcurrentQueue<RunOutput> _announced = new();
    private readonly ConcurrentQueue<LastWrite> _last = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private TaskCompletionSource _hurry = NewSignal();
    private long _pending;
    private long _lastRound;
    private bool _failing;

    public OutputWriter(IOutputTable table, OutputFeed feed, RunningMetrics metrics, RunningOptions options, TimeProvider clock, ILogger<OutputWriter> log)
    {
        _table = table;
        _feed = feed;
        _metrics = metrics;
        _pendingLimit = options.Output.Pending;
        _clock = clock;
        _log = log;
        _lastRound = clock.GetTimestamp();
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>There is something to write of <paramref name="output"/>; it is written with what else comes within the interval.</summary>
    public void Announce(RunOutput output)
    {
        _announced.Enqueue(output);
        Wake();
    }

    /// <summary>Writes all that is left of <paramref name="output"/>, now.</summary>
    /// <returns>False when the database did not take it in time; the rest is left out and counted.</returns>
    public async Task<bool> FlushAsync(RunOutput output)
    {
        output.Close();
        if (!output.HasChanges)
        {
            return true;
        }

        var last = new LastWrite(output, NewSignal());
        _last.Enqueue(last);
        Volatile.Read(ref _hurry).TrySetResult();
        Wake();
        try
        {
            await last.Done.Task.WaitAsync(Patience, _clock);
            return true;
        }
        catch (TimeoutException)
        {
            Dropped(output.Forget());
            return false;
        }
    }

    /// <summary>Whether a run with so much waiting has to leave out some of it for the others' sake.</summary>
    public bool Crowded(long pendingOfRun) => pendingOfRun > LeastPending && Interlocked.Read(ref _pending) > _pendingLimit;

    public void Pending(long change) => Interlocked.Add(ref _pending, change);

    public void Dropped(long bytes)
    {
        if (bytes > 0)
        {
            _metrics.OutputDropped(bytes);
        }
    }

    /// <summary>Writes what ended runs left, and, when the interval is over, what else is new.</summary>
    public async Task RunOnceAsync()
    {
        var lasts = Drain(_last);
        var outputs = lasts.Select(static last => last.Output).ToHashSet();
        if (_clock.GetElapsedTime(_lastRound) >= Interval)
        {
            _lastRound = _clock.GetTimestamp();
            outputs.UnionWith(Drain(_announced));
        }

        var unwritten = await WriteAsync(outputs);
        foreach (var last in lasts)
        {
            if (unwritten.Contains(last.Output))
            {
                _last.Enqueue(last);
            }
            else
            {
                last.Done.TrySetResult();
            }
        }

        unwritten.ExceptWith(lasts.Select(static last => last.Output));
        foreach (var output in unwritten)
        {
            _announced.Enqueue(output);
        }

        if (!_announced.IsEmpty || !_last.IsEmpty)
        {
            Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _wake.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static List<T> Drain<T>(ConcurrentQueue<T> queue)
    {
        var drained = new List<T>();
        for (var count = queue.Count; count > 0 && queue.TryDequeue(out var item); count--)
        {
            drained.Add(item);
        }

        return drained;
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await _wake.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_failing || _last.IsEmpty)
            {
                await PauseAsync();
            }

            Volatile.Write(ref _hurry, NewSignal());
            await RunOnceAsync();
        }
    }

    /// <summary>Until the interval is over or a run ends; after a failure, nothing hurries.</summary>
    private async Task PauseAsync()
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var delay = Task.Delay(_failing ? PauseAfterFailure : Interval, _clock, pause.Token);
        await Task.WhenAny(delay, _failing ? delay : Volatile.Read(ref _hurry).Task);
        await pause.CancelAsync();
    }

    /// <returns>Those whose output is not in the database.</returns>
    private async Task<HashSet<RunOutput>> WriteAsync(HashSet<RunOutput> outputs)
    {
        var unwritten = new HashSet<RunOutput>(outputs);
        var batch = new List<(RunOutput Output, OutputChange Change)>();
        var bytes = 0;
        foreach (var output in outputs)
        {
            if (output.Take() is not { } change)
            {
                unwritten.Remove(output);
                continue;
            }

            batch.Add((output, change));
            bytes += change.Rows.Sum(static row => row.Text.Length);

            // After a failure each run's output goes alone, so that one which the database cannot take does not hold up the others.
            if (bytes >= BytesPerTransaction || _failing)
            {
                await WriteAsync(batch, unwritten);
                batch.Clear();
                bytes = 0;
            }
        }

        await WriteAsync(batch, unwritten);
        return unwritten;
    }

    private async Task WriteAsync(List<(RunOutput Output, OutputChange Change)> batch, HashSet<RunOutput> unwritten)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(Patience, _clock);
            await _table.WriteAsync([.. batch.Select(static item => item.Change)], limit.Token);
        }
        catch (Exception exception)
        {
            // The database is away or refuses; whichever it is, the runs go on and their output waits.
            batch.ForEach(static item => item.Output.NotWritten());
            _metrics.OutputNotWritten();
            if (!_failing)
            {
                RunningLog.OutputNotWritten(_log, exception);
            }

            _failing = true;
            return;
        }

        _failing = false;
        foreach (var (output, change) in batch)
        {
            output.Written(change);
            unwritten.Remove(output);
            _feed.Publish(change);
        }
    }

    /// <summary>The end of a run, which waits for its output to be written.</summary>
    private sealed record LastWrite(RunOutput Output, TaskCompletionSource Done);
}
