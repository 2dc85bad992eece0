using System.Globalization;
using System.Threading.Channels;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>The one loop that changes the head and the log: it takes what waits, commits it as a group, and answers all callers.</summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private readonly EmbeddedMetricStoreOptions _options;
    private readonly StoreEnvironment _environment;
    private readonly MetricStoreMetrics _metrics;
    private readonly HeadSet _heads;
    private readonly LogWriter _log;
    private readonly CommitGroup _group;
    private readonly LogRecords _records = new();
    private readonly DiskReserve _reserve;
    private readonly Channel<IWriterItem> _queue;
    private readonly Task _loop;
    private bool _failing;

    public StoreWriter(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, HeadSet heads, LogWriter log)
    {
        _options = options;
        _environment = environment;
        _metrics = metrics;
        _heads = heads;
        _log = log;
        _group = new CommitGroup(heads, options);
        _reserve = new DiskReserve(options, environment);
        _queue = Channel.CreateBounded<IWriterItem>(new BoundedChannelOptions(options.MaxQueuedAppends) { SingleReader = true });
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Why no append is taken though the disk has room; null when there is no reason.</summary>
    public string? Refusal { get; set; }

    public async Task<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new AppendRequest(tenant, batch);
        if (!_queue.Writer.TryWrite(request))
        {
            await EnqueueAsync(request, cancellationToken).ConfigureAwait(false);
        }

        using var cancel = cancellationToken.UnsafeRegister(static (state, token) => ((AppendRequest)state!).Cancel(token), request);
        return await request.Done.ConfigureAwait(false);
    }

    /// <summary>Runs something between two commit groups.</summary>
    public async Task RunAsync(Action action, CancellationToken cancellationToken)
    {
        var command = new WriterCommand(action);
        await EnqueueAsync(command, cancellationToken).ConfigureAwait(false);
        await command.Done.ConfigureAwait(false);
    }

    /// <summary>Makes what was acknowledged survive a loss of power, under the policy <see cref="LogSyncPolicy.Interval"/>.</summary>
    public Task SyncAsync(CancellationToken cancellationToken) => RunAsync(Sync, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _log.Dispose();
    }

    private async Task EnqueueAsync(IWriterItem item, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException is { } bug ? Stopped(bug) : new MetricStoreUnavailableException($"The metric store in {_options.Folder} is closed.");
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                var command = Collect();
                if (_group.Requests.Count > 0)
                {
                    Commit();
                }

                command?.Run();
            }
        }
        catch (Exception exception)
        {
            // A bug. Nobody may wait for ever because of it, and nothing more may be taken on what may be a half-changed head. What was acknowledged is in
            // the log, so the store can still be closed and opened again.
            MetricStoreLog.WriterStopped(_environment.Logger, exception);
            Abort(exception);
        }

        if (_options.LogSync != LogSyncPolicy.Never)
        {
            TrySyncAtEnd();
        }
    }

    // Takes appends until the group is full, the queue is empty, or a command wants its turn.
    private WriterCommand? Collect()
    {
        _group.Begin(_environment.Now);
        while (_group.Count < _options.MaxCommitSamples && _queue.Reader.TryRead(out var item))
        {
            if (item is WriterCommand command)
            {
                return command;
            }

            var request = (AppendRequest)item;
            if (!request.TryTake())
            {
                continue;
            }

            if (Refuse(request) is { } sentence)
            {
                request.Fail(new MetricStoreUnavailableException(sentence));
                continue;
            }

            _group.Add(request);
        }

        return null;
    }

    private string? Refuse(AppendRequest request)
    {
        if (_heads.Samples + _group.Count + request.Batch.SampleCount > _options.MaxHeadSamples)
        {
            _metrics.Unavailable.Add(1, new KeyValuePair<string, object?>("reason", "head_samples"));
            return string.Create(CultureInfo.InvariantCulture, $"The metric store holds {_heads.Samples} samples in memory that are not yet on disk; max_head_samples is {_options.MaxHeadSamples}.");
        }

        if (Refusal is not null)
        {
            _metrics.Unavailable.Add(1, new KeyValuePair<string, object?>("reason", "disk_quota"));
        }

        return Refusal;
    }

    private void Commit()
    {
        try
        {
            if (!_group.IsEmpty)
            {
                Write();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FailGroup(exception);
            return;
        }

        if (_failing && !_group.IsEmpty)
        {
            _failing = false;
        }

        _metrics.CommitSamples.Record(_group.Count);
        _metrics.MetadataRefused.Add(_group.MetadataRefused);
        _group.Apply();
        foreach (var request in _group.Requests)
        {
            request.Complete(_metrics);
        }
    }

    private void Write()
    {
        _reserve.Demand();
        var segment = _log.Segment();
        _group.Encode(_records, segment);
        _log.Append(_records.Written, _group.NewestTime);
        _reserve.Spend(_records.Written.Length);
        if (_options.LogSync == LogSyncPolicy.Commit)
        {
            try
            {
                Sync();
            }
            catch (IOException)
            {
                _log.TakeBack(_records.Written.Length);
                throw;
            }
        }
    }

    private void Sync()
    {
        var started = _environment.TimeProvider.GetTimestamp();
        _log.Sync();
        _metrics.SyncDuration.Record(_environment.TimeProvider.GetElapsedTime(started).TotalSeconds);
    }

    private void FailGroup(Exception exception)
    {
        _group.Discard();
        if (!_failing)
        {
            _failing = true;
            MetricStoreLog.CommitFailed(_environment.Logger, exception);
        }

        var failure = exception as MetricStoreUnavailableException ?? _reserve.Explain(exception);
        _metrics.Unavailable.Add(_group.Requests.Count, new KeyValuePair<string, object?>("reason", "disk"));
        foreach (var request in _group.Requests)
        {
            request.Fail(failure);
        }
    }

    private void Abort(Exception exception)
    {
        _queue.Writer.TryComplete(exception);
        foreach (var request in _group.Requests)
        {
            request.Fail(exception);
        }

        while (_queue.Reader.TryRead(out var waiting))
        {
            waiting.Fail(Stopped(exception));
        }
    }

    private MetricStoreUnavailableException Stopped(Exception bug) => new($"The metric store in {_options.Folder} has stopped after an error; restart the server.", bug);

    private void TrySyncAtEnd()
    {
        try
        {
            _log.Sync();
        }
        catch (IOException exception)
        {
            MetricStoreLog.CommitFailed(_environment.Logger, exception);
        }
    }
}
