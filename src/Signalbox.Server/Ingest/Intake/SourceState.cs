namespace Signalbox.Server.Ingest.Intake;

/// <summary>What is known of one source; guarded by the table that holds it.</summary>
internal sealed class SourceState(IngestSource source)
{
    /// <summary>A sender of whom nothing was heard for this long counts as down.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>Over which the rate is averaged, exponentially.</summary>
    private const double RateSeconds = 30;

    private DateTimeOffset _firstSeenAt;
    private double _decayed;
    private long _accepted;
    private long _rejected;
    private string? _lastError;
    private bool _succeeded;

    public DateTimeOffset LastSeenAt { get; private set; }

    public void Record(DateTimeOffset now, long accepted, long rejected, bool succeeded, string? error)
    {
        if (_firstSeenAt == default)
        {
            _firstSeenAt = now;
        }

        _decayed = (_decayed * DecayUntil(now)) + accepted;
        _accepted += accepted;
        _rejected += rejected;
        _succeeded = succeeded;
        _lastError = error;
        LastSeenAt = now;
    }

    public SourceReport Report(DateTimeOffset now)
    {
        // A young source has had less time than the average looks back over, so its share of that time divides.
        var age = Math.Max((now - _firstSeenAt).TotalSeconds, 1);
        var rate = _decayed * DecayUntil(now) / (RateSeconds * (1 - Math.Exp(-age / RateSeconds)));
        return new SourceReport(source, LastSeenAt, rate, _accepted, _rejected, _lastError, _succeeded && now - LastSeenAt < Silence);
    }

    private double DecayUntil(DateTimeOffset now) => LastSeenAt == default ? 0 : Math.Exp(-Math.Max((now - LastSeenAt).TotalSeconds, 0) / RateSeconds);
}

/// <summary>A source as the console shows it.</summary>
/// <param name="SamplesPerSecond">Accepted, averaged over the last half minute or so.</param>
/// <param name="LastError">Why the last request or scrape was refused or failed, wholly or in part; null when it went well.</param>
/// <param name="Up">The last request or scrape brought samples, and is not long ago.</param>
internal sealed record SourceReport(IngestSource Source, DateTimeOffset LastSeenAt, double SamplesPerSecond, long Accepted, long Rejected, string? LastError, bool Up);
