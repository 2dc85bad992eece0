using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Testing.Tests.Processes;

public sealed class ChildProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindsTheLastLineOfAProgramThatHasEnded()
    {
        await using var child = ChildProcess.Start("/bin/sh", ["-c", "echo begun; echo last"]);

        Assert.Equal("last", await child.WaitForLineAsync("last", Cancelled));
    }

    [Fact]
    public async Task SaysWhatAProgramWroteThatEndedBeforeItSaidSo()
    {
        await using var child = ChildProcess.Start("/bin/sh", ["-c", "echo begun; exit 3"]);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLineAsync("last", Cancelled));
        Assert.Contains("ended with 3 and never said 'last':\nbegun", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramMayEndWithoutReadingItsInput()
    {
        var result = await ChildProcess.RunAsync("/bin/sh", ["-c", "exec <&-; echo done; exit 4"], Cancelled, new string('x', 10_000_000));

        Assert.Equal((4, "done\n"), (result.ExitCode, result.Output));
    }
}
