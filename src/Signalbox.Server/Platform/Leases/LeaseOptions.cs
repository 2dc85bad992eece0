using Signalbox.Server.Platform.Settings;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Where leases are kept, and their bounds.</summary>
/// <param name="Timeout">How long one call to the provider may take.</param>
/// <param name="Held">Most leases of this process at a time; more are refused and counted.</param>
/// <param name="Waiting">Most callers of this process that wait for a lease; more are refused and counted.</param>
/// <param name="Retention">How long the control database keeps a name that nobody uses.</param>
internal sealed record LeaseOptions(TimeSpan Timeout, int Held, int Waiting, TimeSpan Retention)
{
    public static LeaseOptions Read(SettingsReader settings) => new(
        settings.Duration("locks.timeout", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), "How long one call to the provider of locks may take."),
        (int)settings.Integer("locks.held", 10_000, 1, 1_000_000, "Most locks that one process holds at the same time; more are refused."),
        (int)settings.Integer("locks.waiting", 10_000, 1, 1_000_000, "Most callers of one process that wait for locks; more are refused."),
        settings.Duration("locks.retention", TimeSpan.FromDays(90), TimeSpan.FromDays(1), TimeSpan.FromDays(3650), "How long the control database keeps the row of a lock's name that nobody uses."));
}
