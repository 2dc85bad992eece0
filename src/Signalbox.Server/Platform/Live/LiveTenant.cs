namespace Signalbox.Server.Platform.Live;

/// <summary>The listeners of one tenant and the last events that concerned them. Not thread-safe: the hub locks.</summary>
internal sealed class LiveTenant(int ring)
{
    /// <summary>In characters; the events kept are bounded by their size too.</summary>
    private const int LargestRing = 4 * 1024 * 1024;

    /// <summary>Topics of which it is remembered since when they are not followed; whoever listens to ever new ones takes no more room than this.</summary>
    public const int MostEnded = 1000;

    private readonly Queue<LiveEvent> _ring = new();
    private readonly Dictionary<string, TopicUse> _topics = new(StringComparer.Ordinal);
    private readonly List<LiveSubscription> _subscriptions = [];
    private int _ringSize;

    /// <summary>Up to here any topic may have a hole that was forgotten; -1 for none.</summary>
    private long _forgottenSeq = -1;

    public long LastSeq { get; private set; }

    public IReadOnlyList<LiveSubscription> Subscriptions => _subscriptions;

    /// <summary>Topics that somebody listens to, or did a moment ago and may come back.</summary>
    public IEnumerable<string> ActiveTopics => _topics.Where(static pair => pair.Value.EndedSeq is null).Select(static pair => pair.Key);

    /// <summary>Topics that are remembered, followed or not.</summary>
    public int KnownTopics => _topics.Count;

    /// <summary>How many topics would be followed if somebody listened to these too.</summary>
    public int FollowedWith(IReadOnlySet<string> topics) => ActiveTopics.Union(topics, StringComparer.Ordinal).Count();

    public bool IsEmpty => _topics.Values.All(static use => use.EndedSeq is not null);

    /// <summary>Whether everything after an event is known for these topics.</summary>
    public bool CanResume(long lastSeq, IReadOnlySet<string> topics) =>
        lastSeq <= LastSeq && lastSeq > _forgottenSeq && lastSeq >= LastSeq - _ring.Count && !topics.Any(topic => _topics.TryGetValue(topic, out var use) && (use.EndedSeq >= lastSeq || use.HoleSeq >= lastSeq));

    /// <param name="resumeAfter">Offer again what came after this; null for nothing.</param>
    public void Add(LiveSubscription subscription, long? resumeAfter)
    {
        foreach (var topic in subscription.Topics)
        {
            var isKnown = _topics.TryGetValue(topic, out var use);
            _topics[topic] = isKnown && use!.EndedSeq is null ? use with { Count = use.Count + 1, IdleSince = null } : new TopicUse(1, null, null, isKnown ? LastSeq : null);
        }

        _subscriptions.Add(subscription);
        foreach (var liveEvent in resumeAfter is null ? [] : _ring.Where(liveEvent => liveEvent.Seq > resumeAfter))
        {
            subscription.Offer(liveEvent);
        }
    }

    /// <returns>False when it was removed before.</returns>
    public bool Remove(LiveSubscription subscription, DateTimeOffset now)
    {
        if (!_subscriptions.Remove(subscription))
        {
            return false;
        }

        foreach (var topic in subscription.Topics)
        {
            var use = _topics[topic];
            _topics[topic] = use with { Count = use.Count - 1, IdleSince = use.Count > 1 ? null : subscription.Lingers ? now : DateTimeOffset.MinValue };
        }

        return true;
    }

    /// <summary>Stops following topics that nobody came back to; from then on there is a hole in what is known of them.</summary>
    public void EndIdleTopics(DateTimeOffset idleBefore)
    {
        foreach (var (topic, use) in _topics.ToList())
        {
            if (use.IdleSince <= idleBefore)
            {
                _topics[topic] = new TopicUse(0, null, LastSeq, null);
            }
            else if (use.EndedSeq < LastSeq - _ring.Count)
            {
                // Nobody can resume from before the ring, so the hole need not be remembered.
                _topics.Remove(topic);
            }
        }

        var ended = _topics.Where(static pair => pair.Value.EndedSeq is not null).Select(static pair => pair.Key).ToList();
        if (ended.Count > MostEnded)
        {
            ended.ForEach(topic => _topics.Remove(topic));
            _forgottenSeq = LastSeq;
        }
    }

    /// <returns>Those who were too slow.</returns>
    public IReadOnlyList<LiveSubscription> Publish(IReadOnlyList<string> topics, string type, string data)
    {
        var liveEvent = new LiveEvent(++LastSeq, topics, type, data);
        _ring.Enqueue(liveEvent);
        _ringSize += data.Length;
        while (_ring.Count > ring || _ringSize > LargestRing)
        {
            _ringSize -= _ring.Dequeue().Data.Length;
        }

        return [.. _subscriptions.Where(subscription => !subscription.Offer(liveEvent))];
    }

    /// <summary>How one topic is used.</summary>
    /// <param name="IdleSince">When the last listener left; null while there are some.</param>
    /// <param name="EndedSeq">Followed no longer since this event; null while it is.</param>
    /// <param name="HoleSeq">Somewhere up to this event it was not followed, and those who left before must read again; null when it always was.</param>
    private sealed record TopicUse(int Count, DateTimeOffset? IdleSince, long? EndedSeq, long? HoleSeq);
}
