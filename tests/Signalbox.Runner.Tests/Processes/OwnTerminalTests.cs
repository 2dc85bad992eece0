using Signalbox.Runner.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>Commands with a terminal that is made for them.</summary>
[Collection(ChildTests.Name)]
public sealed class OwnTerminalTests
{
    private readonly ChildHost _host = new();

    [Fact]
    public async Task IsATerminalOfTheUsualSizeThatControlsTheCommandsSession()
    {
        const string script = "test -t 0 && test -t 1 && test -t 2 && echo terminal; stty size; test \"$(tty)\" = \"$(ps -o tty= -p $$ | sed 's,^,/dev/,')\" && echo controlling; exit 7";
        var (output, exit) = await _host.RunAsync(ChildHost.Shell(script) with { HasTerminal = true });
        Assert.Equal("terminal\r\n24 80\r\ncontrolling\r", output);
        Assert.Equal(7, exit.Code);
    }

    [Fact]
    public async Task TellsTheSignalsAndEndsWhatIsLeft()
    {
        var (_, exit) = await _host.RunAsync(ChildHost.Shell("setsid -f sleep 1000; sleep 0.1; kill -TERM $$; sleep 1000") with { HasTerminal = true });
        Assert.Equal((143, 15), (exit.Code, exit.Signal));
        Assert.InRange(exit.Stragglers, 1, 2);
    }

    [Fact]
    public async Task CarriesMuchOutput()
    {
        var (output, _) = await _host.RunAsync(ChildHost.Shell("seq 1 100000") with { HasTerminal = true });
        Assert.Equal(100_000, output.Split('\n').Length);
        Assert.EndsWith("\n100000\r", output, StringComparison.Ordinal);
    }
}
