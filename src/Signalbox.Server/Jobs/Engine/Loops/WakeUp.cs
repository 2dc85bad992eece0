using System.Threading.Channels;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Lets a loop rest until its time comes or somebody wakes it; a call while it works is not lost. Thread-safe.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Waits for a call, at most <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (longest > TimeSpan.Zero && !_calls.Reader.TryRead(out _))
        {
            using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var called = _calls.Reader.WaitToReadAsync(rest.Token).AsTask();
            await Task.WhenAny(called, Task.Delay(longest, clock, rest.Token));
            await rest.CancelAsync();
            _calls.Reader.TryRead(out _);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
