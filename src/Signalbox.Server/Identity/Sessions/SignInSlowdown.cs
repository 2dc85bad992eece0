using System.Net;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Makes each further failed sign-in wait longer, by name and by address.</summary>
/// <remarks>
/// An attempt counts as failed from its beginning until it succeeds, so that many at once gain nothing. A name waits a minute at most, because
/// anybody can make somebody else's name wait; an address waits up to a quarter of an hour. The table is bounded; what it forgets is counted. Thread-safe.
/// </remarks>
internal sealed class SignInSlowdown(IdentityOptions options, IdentityMetrics metrics, TimeProvider clock)
{
    private static readonly Pace NamePace = new(Free: 5, Longest: TimeSpan.FromMinutes(1), Forget: TimeSpan.FromMinutes(15));
    private static readonly Pace AddressPace = new(Free: 20, Longest: TimeSpan.FromMinutes(15), Forget: TimeSpan.FromHours(1));

    private readonly Dictionary<string, Failures> _failures = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Names and addresses that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _failures.Count;
            }
        }
    }

    /// <summary>Begins an attempt.</summary>
    /// <param name="name">Null when the attempt names nobody.</param>
    /// <param name="otherName">A second name that the attempt may be a guess at; null when there is none.</param>
    /// <returns>How long to wait before another attempt; null when this one may go on.</returns>
    public TimeSpan? Begin(string? name, IPAddress? address, string? otherName = null)
    {
        var now = clock.GetUtcNow();
        string[] names = [.. new[] { name, otherName }.OfType<string>().Distinct(StringComparer.Ordinal).Select(KeyOf)];
        lock (_gate)
        {
            var wait = names.Aggregate(Wait(KeyOf(address), AddressPace, now), (longest, key) => Max(longest, Wait(key, NamePace, now)));
            if (wait is null)
            {
                CountUp(KeyOf(address), AddressPace, now);
                foreach (var key in names)
                {
                    CountUp(key, NamePace, now);
                }
            }

            return wait;
        }
    }

    /// <summary>Takes back what <see cref="Begin"/> counted, and forgives the name.</summary>
    /// <param name="name">Whose attempt it turned out to be.</param>
    /// <param name="otherName">The other name that it was counted against.</param>
    public void Succeeded(string? name, IPAddress? address, string? otherName = null)
    {
        lock (_gate)
        {
            if (name is not null)
            {
                _failures.Remove(KeyOf(name));
            }

            // Somebody else's name keeps its earlier failures and its wait: a guesser with an account of his own must not clear them by signing in.
            if (otherName is not null && otherName != name && _failures.TryGetValue(KeyOf(otherName), out var other))
            {
                _failures[KeyOf(otherName)] = other with { Count = other.Count - 1 };
            }

            if (_failures.TryGetValue(KeyOf(address), out var entry))
            {
                // So does the address.
                _failures[KeyOf(address)] = entry with { Count = entry.Count - 1, NotBefore = default };
            }
        }
    }

    private static TimeSpan? Max(TimeSpan? left, TimeSpan? right) => left is null || right > left ? right ?? left : left;

    private static string KeyOf(string name) => "name " + name;

    private static string KeyOf(IPAddress? address) => "address " + AddressText.Subscriber(address);

    private TimeSpan? Wait(string key, Pace pace, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (entry.Last + pace.Forget <= now)
        {
            _failures.Remove(key);
            return null;
        }

        return entry.NotBefore > now ? entry.NotBefore - now : null;
    }

    private void CountUp(string key, Pace pace, DateTimeOffset now)
    {
        var count = _failures.TryGetValue(key, out var entry) ? entry.Count + 1 : 1;
        if (count == 1 && _failures.Count >= options.SignIn.TableSize)
        {
            Evict();
        }

        var over = count - pace.Free;
        var wait = over <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(pace.Longest.TotalSeconds, Math.Pow(2, Math.Min(over - 1, 30))));
        _failures[key] = new Failures(count, now, now + wait);
    }

    private void Evict()
    {
        var oldest = _failures.OrderBy(static pair => pair.Value.Last).Take(Math.Max(1, options.SignIn.TableSize / 8)).Select(static pair => pair.Key).ToList();
        oldest.ForEach(key => _failures.Remove(key));
        metrics.FailuresForgotten(oldest.Count);
    }

    /// <param name="Free">Failures without a wait.</param>
    /// <param name="Longest">The wait doubles from one second up to this.</param>
    /// <param name="Forget">Everything is forgotten after so long without a failure.</param>
    private sealed record Pace(int Free, TimeSpan Longest, TimeSpan Forget);

    private readonly record struct Failures(int Count, DateTimeOffset Last, DateTimeOffset NotBefore);
}
