namespace Signalbox.Server.Jobs.Engine.Runs;

/// <summary>How long an owner may rely on its lease: a tenth less than the database gives, so that it has stopped before anybody else starts.</summary>
internal static class LeaseMargin
{
    /// <returns>Ticks of the clock's timestamps.</returns>
    public static long Ticks(TimeSpan lease, TimeProvider clock) => (long)(lease.TotalSeconds * 0.9 * clock.TimestampFrequency);
}
