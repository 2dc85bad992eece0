using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Commands;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

/// <summary>A command ends with its lease, although nothing in the server ends it.</summary>
/// <remarks>Leases are kept by real time here: this one is long enough for a machine on which a process waits some seconds for its turn.</remarks>
public sealed class CommandLeaseTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task KillsACommandWhoseLeaseIsNotRenewed()
    {
        Assert.SkipUnless(CommandScript.GuardKeepsLeases && CommandScript.HasSessions, "There is no bash or no setsid here.");
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell("sleep 600 & wait")) with { Lease = LeaseOf(Short) });

        Assert.Equal(137, result.ExitCode);
    }

    [Fact]
    public async Task LetsACommandGoOnWhoseLeaseIsRenewed()
    {
        Assert.SkipUnless(CommandScript.GuardKeepsLeases && CommandScript.HasSessions, "There is no bash or no setsid here.");
        await using var bed = new RunningBed();
        var lease = LeaseOf(Short);
        await using var renewal = TimeProvider.System.CreateTimer(_ => lease.Renew(EndOf(Short)), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell("sleep 8")) with { Lease = lease });

        Assert.Equal(RunEnd.Succeeded, result.End);
    }

    [Fact]
    public async Task StartsNothingWhoseLeaseIsOver()
    {
        await using var bed = new RunningBed();
        var mark = bed.Folder.File("began");

        var result = await bed.RunAsync(bed.Request(RunningBed.Shell($"echo > {mark}; sleep 600")) with { Lease = LeaseOf(TimeSpan.Zero) });

        Assert.Equal((RunEnd.Failed, "lost"), (result.End, result.Error!.Type));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task StartsNothingThatWasAskedToEndBefore()
    {
        await using var bed = new RunningBed();
        var mark = bed.Folder.File("began");
        using var stop = new RunStop();
        stop.Request(StopReason.Cancelled);

        var result = await bed.Runner.RunAsync(bed.Request(RunningBed.Shell($"echo > {mark}; sleep 600")), stop);

        Assert.Equal(RunEnd.Cancelled, result.End);
        Assert.False(File.Exists(mark));
    }

    private static RunLease LeaseOf(TimeSpan time) => new(EndOf(time), TimeProvider.System);

    private static long EndOf(TimeSpan time) => TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
}
