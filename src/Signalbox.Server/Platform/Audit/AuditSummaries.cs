using System.Globalization;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Records what happens often: the first of a kind at once, and how many more there were when the interval ends.</summary>
/// <remarks>So neither a busy sender nor a scanner can fill the log. Thread-safe; the table is bounded, and what goes beyond it is counted together.</remarks>
internal sealed class AuditSummaries(IAuditTrail trail, AuditRequestOptions options, TimeProvider clock) : BackgroundService
{
    /// <summary>In characters, of each text that a window keeps: strangers fill the table, so what they send must not fill the memory.</summary>
    private const int LongestKept = 256;

    private readonly Dictionary<SummaryKey, Window> _windows = [];
    private readonly Lock _gate = new();

    /// <summary>Records an event, or counts it when one like it was recorded within the interval.</summary>
    /// <param name="caller">Who or where from: what tells this caller from others.</param>
    public void Record(string caller, AuditEvent auditEvent)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var key = new SummaryKey(auditEvent.Tenant, caller, auditEvent.Action.Name, auditEvent.Outcome);
            if (!_windows.ContainsKey(key) && _windows.Count >= options.Summaries)
            {
                key = key with { Caller = "(others)" };
            }

            if (_windows.TryGetValue(key, out var window))
            {
                window.Count++;
                window.Last = now;
                AuditScope.Current?.Noted();
                return;
            }

            _windows[key] = new Window { Event = Kept(auditEvent), Scope = AuditScope.Current?.Kept(LongestKept), From = now, Last = now };
        }

        trail.Record(auditEvent);
    }

    /// <summary>Writes the counts of intervals that are over.</summary>
    /// <param name="all">Those that are not over, too.</param>
    public void Flush(bool all)
    {
        var now = clock.GetUtcNow();
        var due = new List<(AuditEvent Event, AuditScope? Scope)>();
        lock (_gate)
        {
            foreach (var (key, window) in _windows.Where(pair => all || now - pair.Value.From >= options.SummaryInterval).ToList())
            {
                if (window.Count == 0)
                {
                    _windows.Remove(key);
                    continue;
                }

                due.Add((Summary(key, window), window.Scope));
                (window.Count, window.From) = (0, now);
            }
        }

        foreach (var (auditEvent, scope) in due)
        {
            // Like the first of them, so that the same address and caller find it.
            using var opened = AuditScope.Open(scope ?? new AuditScope { Source = "system" });
            trail.Record(auditEvent);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Flush(all: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Max(options.SummaryInterval.Ticks / 10, TimeSpan.TicksPerSecond)), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Flush(all: false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static AuditEvent Kept(AuditEvent auditEvent) => auditEvent with
    {
        Resource = auditEvent.Resource with { Path = AuditScope.Short(auditEvent.Resource.Path, LongestKept) },
    };

    private static AuditEvent Summary(SummaryKey key, Window window)
    {
        var others = key.Caller == "(others)" ? window.Event with { Actor = new AuditActor(AuditActor.User, "many", "many callers") } : window.Event;
        return others
            .With("count", window.Count)
            .With("from", Text(window.From))
            .With("to", Text(window.Last));
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private readonly record struct SummaryKey(string Tenant, string Caller, string Action, AuditOutcome Outcome);

    private sealed class Window
    {
        public required AuditEvent Event { get; init; }

        public required AuditScope? Scope { get; init; }

        /// <summary>Events since the last record.</summary>
        public long Count { get; set; }

        public DateTimeOffset From { get; set; }

        public DateTimeOffset Last { get; set; }
    }
}
