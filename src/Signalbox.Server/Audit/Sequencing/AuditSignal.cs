using System.Threading.Channels;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Wakes the one who waits; setting it again before that changes nothing. Thread-safe.</summary>
internal sealed class AuditSignal(TimeProvider clock)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int _set;

    public void Set()
    {
        // Cheap when it is set already, because every recorded event comes through here.
        if (Volatile.Read(ref _set) == 0 && Interlocked.Exchange(ref _set, 1) == 0)
        {
            _channel.Writer.TryWrite(true);
        }
    }

    /// <summary>Returns once it is set, at once when it is set already, or after <paramref name="limit"/>; and takes it back.</summary>
    /// <returns>Whether it was set.</returns>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (TryTake())
        {
            return true;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var set = _channel.Reader.WaitToReadAsync(end.Token).AsTask();
        await Task.WhenAny(set, Task.Delay(limit, clock, end.Token));
        await end.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return TryTake();
    }

    private bool TryTake()
    {
        if (!_channel.Reader.TryRead(out _))
        {
            return false;
        }

        Volatile.Write(ref _set, 0);
        return true;
    }
}
