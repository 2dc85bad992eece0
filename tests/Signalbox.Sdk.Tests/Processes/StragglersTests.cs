using System.Diagnostics;
using Signalbox.Sdk.Processes;
using Xunit;

namespace Signalbox.Sdk.Tests.Processes;

public sealed class StragglersTests
{
    private const string Variable = "SIGNALBOX_TEST_RUN";

    [Fact]
    public async Task EndsAllOfARunAndCountsWhatLeftItsGroup()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found by their environment on Linux only.");
        var stragglers = new Stragglers(Variable);
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
        start.Environment[Variable] = mark;
        return Process.Start(start)!;
    }
}
