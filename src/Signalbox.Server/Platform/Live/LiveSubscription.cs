using System.Threading.Channels;

namespace Signalbox.Server.Platform.Live;

/// <summary>What one stream has yet to send; dispose of it when the stream ends.</summary>
internal sealed class LiveSubscription : IDisposable
{
    private readonly Channel<LiveEvent> _queue;
    private readonly Action<LiveSubscription> _ended;

    public LiveSubscription(string tenant, IReadOnlySet<string> topics, int queue, Action<LiveSubscription> ended)
    {
        Tenant = tenant;
        Topics = topics;
        _queue = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(queue) { SingleReader = true });
        _ended = ended;
    }

    public string Tenant { get; }

    public IReadOnlySet<string> Topics { get; }

    /// <summary>Completes when the reader was too slow; what is in it then is still to be sent.</summary>
    public ChannelReader<LiveEvent> Events => _queue.Reader;

    /// <summary>The last event before the first of this subscription.</summary>
    public long StartSeq { get; init; }

    /// <summary>What was missed cannot be told: the reader must read everything again.</summary>
    public bool StartsWithReset { get; init; }

    /// <summary>Its topics are followed for a while after it ended; not when there is nothing that they could tell of.</summary>
    public bool Lingers { get; set; } = true;

    /// <returns>False when the reader is too slow, which ends the subscription.</returns>
    public bool Offer(LiveEvent liveEvent)
    {
        if (!liveEvent.Topics.Any(Topics.Contains) || _queue.Writer.TryWrite(liveEvent))
        {
            return true;
        }

        _queue.Writer.TryComplete();
        return false;
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _ended(this);
    }
}
