using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Commands;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

/// <summary>A command ends with its lease, although nothing in the server ends it.</summary>
public sealed class CommandLeaseTests
{
    [Fact]
    public async Task KillsACommandWhoseLeaseIsNotRenewed()
    {
        Assert.SkipUnless(CommandScript.GuardKeepsLeases && CommandScript.HasSessions, "There is no bash or no setsid here.");
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell("sleep 600 & wait")) with { Lease = LeaseOf(TimeSpan.FromSeconds(1)) });

        Assert.Equal(137, result.ExitCode);
    }

    [Fact]
    public async Task LetsACommandGoOnWhoseLeaseIsRenewed()
    {
        Assert.SkipUnless(CommandScript.GuardKeepsLeases && CommandScript.HasSessions, "There is no bash or no setsid here.");
        await using var bed = new RunningBed();
        var lease = LeaseOf(TimeSpan.FromSeconds(1));
        await using var renewal = TimeProvider.System.CreateTimer(_ => lease.Renew(EndOf(TimeSpan.FromSeconds(1))), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell("sleep 2.5")) with { Lease = lease });

        Assert.Equal(RunEnd.Succeeded, result.End);
    }

    private static RunLease LeaseOf(TimeSpan time) => new(EndOf(time), TimeProvider.System);

    private static long EndOf(TimeSpan time) => TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
}
