using System.Diagnostics;
using Signalbox.Sdk.Processes;
using Signalbox.Testing.Clock;
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
        using var inside = await StartAsync(mark);
        Assert.Equal(0, await stragglers.KillAsync(mark, Stragglers.GroupOf(inside.Id)));
        await inside.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var outside = await StartAsync(mark);
        Assert.Equal(1, await stragglers.KillAsync(mark, group: 1));
        await outside.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Process> StartAsync(string mark)
    {
        var start = new ProcessStartInfo("/bin/sleep", ["600"]);
        start.Environment[Variable] = mark;
        var process = Process.Start(start)!;

        // The kernel shows a new program's environment a moment after it has begun.
        await Eventually.HoldsAsync(
            "its mark can be seen",
            async () => (await File.ReadAllTextAsync($"/proc/{process.Id}/environ", TestContext.Current.CancellationToken)).Contains(mark, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        return process;
    }
}
