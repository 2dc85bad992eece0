using System.Diagnostics;
using Signalbox.Server.Jobs.Running.Commands;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

public sealed class StragglersTests
{
    [Fact]
    public async Task EndsAllOfARunAndCountsWhatLeftItsGroup()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found by their environment on Linux only.");
        var stragglers = new Stragglers();
        var mark = $"stragglers-{Environment.ProcessId}";
        using var inside = Start(mark);
        Assert.Equal(0, await stragglers.KillAsync(mark, Stragglers.GroupOf(inside.Id)));
        await inside.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var outside = Start(mark);
        Assert.Equal(1, await stragglers.KillAsync(mark, group: 1));
        await outside.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Process Start(string mark)
    {
        var start = new ProcessStartInfo("/bin/sleep", ["600"]);
        start.Environment[Stragglers.Variable] = mark;
        return Process.Start(start)!;
    }
}
