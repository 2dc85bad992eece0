using System.Buffers;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>One caller's batch on its way through the writer.</summary>
/// <remarks>The batch belongs to the caller, who may not go on before the writer is done with it; hence the two-step claim that lets a waiting request still be cancelled.</remarks>
internal sealed class AppendRequest : IWriterItem
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private readonly TaskCompletionSource<AppendOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ulong[] _hashes;
    private RejectionTally? _rejections;
    private int _state;

    public AppendRequest(TenantId tenant, MetricBatch batch)
    {
        Tenant = tenant;
        Batch = batch;
        _hashes = ArrayPool<ulong>.Shared.Rent(batch.SeriesCount);
        for (var series = 0; series < batch.SeriesCount; series++)
        {
            _hashes[series] = KeyHash.Of(batch.KeyOf(series));
        }
    }

    public TenantId Tenant { get; }

    public MetricBatch Batch { get; }

    public Task<AppendOutcome> Done => _done.Task;

    public long Accepted { get; set; }

    public long Repeated { get; set; }

    public RejectionTally Rejections => _rejections ??= new RejectionTally();

    /// <summary>Set when the batch itself is malformed: a bug of the caller, thrown at it after the rest was kept.</summary>
    public Exception? Fault { get; set; }

    public ulong HashOf(int series) => _hashes[series];

    /// <summary>Claims the request for the writer.</summary>
    /// <returns>False when the caller has gone.</returns>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Gives up, unless the writer has begun.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            Release();
            _done.TrySetCanceled(cancellationToken);
        }
    }

    public void Complete(MetricStoreMetrics metrics)
    {
        Release();
        metrics.Appended.Add(Accepted - Repeated);
        if (Repeated > 0)
        {
            metrics.Repeated.Add(Repeated);
        }

        if (Fault is not null)
        {
            _done.TrySetException(Fault);
            return;
        }

        var rejections = _rejections?.ToList() ?? [];
        foreach (var rejection in rejections)
        {
            metrics.Reject(rejection.Reason, rejection.Count);
        }

        _done.TrySetResult(new AppendOutcome(Accepted, rejections));
    }

    public void Fail(Exception exception)
    {
        // Who wins the claim, or has it and completes the task, gives the memory back; a caller that gave up has done so itself.
        TryTake();
        if (Volatile.Read(ref _state) == Taken && _done.TrySetException(exception))
        {
            Release();
        }
    }

    private void Release() => ArrayPool<ulong>.Shared.Return(_hashes);
}
