using System.Globalization;

namespace Signalbox.Server.Platform.Live;

/// <summary>Hands events to the streams that listen for them, tenant by tenant. Thread-safe.</summary>
internal sealed class LiveHub(LiveOptions options, LiveMetrics metrics, TimeProvider clock)
{
    /// <summary>How long a topic is followed after its last listener left: long enough for a browser to come back.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveTenant> _tenants = new(StringComparer.Ordinal);

    /// <summary>Names this start of the process: numbers of events mean nothing after the next one.</summary>
    private readonly string _start = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    private int _open;

    /// <summary>Raised when something may have to be looked for at once.</summary>
    public event Action? OnWanted;

    /// <summary>Asks that what changed be looked for now, rather than at the next turn.</summary>
    public void Poke() => OnWanted?.Invoke();

    /// <param name="lastEventId">The id of the last event that the reader has seen; null for none.</param>
    /// <returns>Null when too many streams are open, or too many topics are followed.</returns>
    public LiveSubscription? Subscribe(string tenant, IReadOnlySet<string> topics, string? lastEventId)
    {
        LiveSubscription subscription;
        lock (_gate)
        {
            // The last tenth is kept for tenants that hold little, so that none can shut all others out.
            var reserve = options.Subscribers / 10;
            if (_open >= options.Subscribers || (_open >= options.Subscribers - reserve && _tenants.GetValueOrDefault(tenant)?.Subscriptions.Count >= reserve))
            {
                metrics.Refused();
                return null;
            }

            if (!_tenants.TryGetValue(tenant, out var state))
            {
                _tenants[tenant] = state = new LiveTenant(options.Ring);
            }

            if (state.FollowedWith(topics) > options.Topics)
            {
                metrics.Refused();
                return null;
            }

            var last = SeqOf(lastEventId);
            var resumes = last is { } seq && state.CanResume(seq, topics);
            subscription = new LiveSubscription(tenant, topics, options.Queue, Remove) { StartsWithReset = lastEventId is not null && !resumes, StartSeq = resumes ? last!.Value : state.LastSeq };
            state.Add(subscription, resumes ? last : null);
            _open++;
        }

        metrics.Opened();
        Poke();
        return subscription;
    }

    /// <param name="topics">It goes to whoever listens to any of them, once.</param>
    /// <param name="data">JSON without line breaks.</param>
    public void Publish(string tenant, IReadOnlyList<string> topics, string type, string data)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var state))
            {
                return;
            }

            metrics.Published();
            foreach (var _ in state.Publish(topics, type, data))
            {
                metrics.Dropped();
            }
        }
    }

    /// <summary>Everything that is listened to, or was a moment ago.</summary>
    public IReadOnlyList<LiveTopic> ActiveTopics()
    {
        lock (_gate)
        {
            var idleBefore = clock.GetUtcNow() - Linger;
            foreach (var (tenant, state) in _tenants.ToList())
            {
                state.EndIdleTopics(idleBefore);
                if (state.IsEmpty)
                {
                    _tenants.Remove(tenant);
                }
            }

            return [.. _tenants.SelectMany(static pair => pair.Value.ActiveTopics.Select(topic => new LiveTopic(pair.Key, topic)))];
        }
    }

    /// <summary>The <c>id</c> of an event in its stream.</summary>
    public string IdOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"{_start}-{seq}");

    private long? SeqOf(string? id) =>
        id is not null && id.StartsWith(_start, StringComparison.Ordinal) && id.Length > _start.Length + 1
        && long.TryParse(id.AsSpan(_start.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;

    private void Remove(LiveSubscription subscription)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(subscription.Tenant, out var state) || !state.Remove(subscription, clock.GetUtcNow()))
            {
                return;
            }

            _open--;
        }

        metrics.Closed();
    }
}
