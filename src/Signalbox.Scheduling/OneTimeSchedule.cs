using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>Fires once.</summary>
public sealed record OneTimeSchedule : Schedule
{
    /// <param name="at">The instant, rounded down to a millisecond.</param>
    public OneTimeSchedule(DateTimeOffset at) => At = LocalTime.ToMilliseconds(at);

    public DateTimeOffset At { get; }

    public override TimeZoneInfo Zone => TimeZoneInfo.Utc;

    public override Fire? Next(DateTimeOffset after) => after < At ? new Fire(At, FireMark.None) : null;

    public override long CountBetween(DateTimeOffset from, DateTimeOffset until) => from <= At && At < until ? 1 : 0;

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"once at {At:yyyy-MM-dd HH:mm:ss.FFF} UTC");
}
