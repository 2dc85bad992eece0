using System.Text;
using Signalbox.Runner.Processes;
using Signalbox.Sdk.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>The program as its users start it: what goes through it, and what it leaves.</summary>
[Collection(ChildTests.Name)]
public sealed class RunnerProcessTests
{
    /// <summary>Some stay in the group, some leave it, some leave their parent, and all say that they are there.</summary>
    private const string Tree = "sleep 1000 & setsid sleep 1000 & setsid -f sleep 1000; (sleep 1000; :) & echo ready; wait";

    private static CancellationToken Token => ChildHost.Token;

    [Fact]
    public async Task PassesInputAndOutputThroughByteForByte()
    {
        using var run = new RunnerRun();
        var bytes = new byte[2_000_000];
        new Random(3).NextBytes(bytes);
        var (code, output, _) = await run.RunAsync(bytes, "run", "--", "cat");
        Assert.Equal(0, code);
        Assert.Equal(bytes, output);
    }

    [Fact]
    public async Task PassesErrorsThroughAmongItsOwnLines()
    {
        using var run = new RunnerRun();
        var (code, output, error) = await run.RunAsync([], "run", "--", "sh", "-c", "echo to-out; echo to-err >&2; exit 42");
        Assert.Equal((42, "to-out\n"), (code, Encoding.UTF8.GetString(output)));
        Assert.Contains("to-err", error.Split('\n'));
    }

    [Theory]
    [InlineData("exit 137", 137, "command", "failed")]
    [InlineData("exit 102", 102, "command", "failed")]
    [InlineData("kill -KILL $$", 137, "signal", "signal")]
    [InlineData("kill -SEGV $$", 139, "signal", "signal")]
    public async Task TellsACodeFromASignalAndFromItsOwnLimit(string script, int code, string source, string reason)
    {
        using var run = new RunnerRun();
        Assert.Equal(code, (await run.RunAsync([], "run", "--", "sh", "-c", script)).Code);
        var outcome = run.ReadOutcome();
        Assert.Equal((source, reason), (outcome.GetProperty("exitSource").GetString(), outcome.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task EndsATreeThatIsPastItsMemoryWith102AndLeavesNothing()
    {
        using var run = new RunnerRun();
        var script = $"setsid -f sleep 1000; setsid {ChildHost.FakeAgent} alloc 300000000 3000000 1000 & sleep 1000 & wait";
        var (code, _, error) = await run.RunAsync([], "--memory-limit", "160MiB", "--set", "resources.memory.fast_sample_interval=100ms", "--set", "resources.memory.sample_interval=500ms", "run", "--", "sh", "-c", script);
        Assert.Equal(102, code);
        var outcome = run.ReadOutcome();
        Assert.Equal(("runner", "memory_limit", "runner"), (outcome.GetProperty("exitSource").GetString(), outcome.GetProperty("reason").GetString(), outcome.GetProperty("stoppedBy").GetString()));
        Assert.True(outcome.GetProperty("peakMemoryBytes").GetInt64() > 160L << 20);
        Assert.Contains("Memory limit exceeded", error, StringComparison.Ordinal);
        Assert.Empty(run.FindLeft());
    }

    [Fact]
    public async Task PassesOnASignalAndASecondOne()
    {
        using var run = new RunnerRun();
        using var process = run.Start("run", "--", "sh", "-c", "n=0; trap 'n=$((n+1)); echo got $n; [ $n -lt 2 ] || exit 5' INT; echo ready; while :; do sleep 0.05; done");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
        Assert.True(HasHandler(process.Id, SignalNumbers.User1));
        UnixSignals.SendToProcess(process.Id, SignalNumbers.Interrupt);
        Assert.Equal("got 1", await process.StandardOutput.ReadLineAsync(Token));
        UnixSignals.SendToProcess(process.Id, SignalNumbers.Interrupt);
        Assert.Equal("got 2", await process.StandardOutput.ReadLineAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.Equal(5, process.ExitCode);
        Assert.Equal("interrupted", run.ReadOutcome().GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(15)]
    public async Task EndsAsTheCommandDoesByASignalThatCameToIt(int signal)
    {
        using var run = new RunnerRun();
        using var process = run.Start("run", "--", "sh", "-c", "echo ready; while :; do sleep 0.05; done");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
        UnixSignals.SendToProcess(process.Id, signal);
        await process.WaitForExitAsync(Token);
        Assert.Equal(128 + signal, process.ExitCode);
        var outcome = run.ReadOutcome();
        Assert.Equal(("interrupted", signal), (outcome.GetProperty("reason").GetString(), outcome.GetProperty("signal").GetInt32()));
        Assert.Contains("was passed on to the command", outcome.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesNothingWhenItIsKilledAtAnyMoment()
    {
        var random = new Random(20);
        for (var round = 0; round < 20; round++)
        {
            using var run = new RunnerRun();
            using var process = run.Start("run", "--", "sh", "-c", Tree);
            if (round % 4 == 3)
            {
                Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
            }
            else
            {
                using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(150, 900)));
                await moment.WaitForNextTickAsync(Token);
            }

            process.Kill();
            await process.WaitForExitAsync(Token);
            await run.IsGoneAsync();
        }
    }

    [Fact]
    public async Task LeavesNothingAtAnOrderlyEndAndTellsHowManyThereWere()
    {
        using var run = new RunnerRun();
        var (code, _, error) = await run.RunAsync([], "run", "--", "sh", "-c", "sleep 1000 & setsid -f env -i /bin/sleep 1000; sleep 0.1; exit 4");
        Assert.Equal(4, code);
        Assert.Contains("2 processes outlived the command and were ended.", error, StringComparison.Ordinal);
        Assert.Empty(run.FindLeft());
    }

    [Fact]
    public async Task KnowsTheEndOfACommandAlthoughItsCallerThrowsEndsAway()
    {
        using var run = new RunnerRun();
        using var process = run.StartProgram("/bin/bash", "-c", "trap '' CHLD; exec \"$0\" run -- sh -c 'exit 9'", ChildHost.Runner);
        await process.WaitForExitAsync(Token);
        Assert.Equal(9, process.ExitCode);
    }

    [Fact]
    public async Task HandsItsTerminalOverAndTakesItBack()
    {
        const string script = "/usr/bin/script";
        if (!File.Exists(script))
        {
            Assert.Skip("The program script is not installed.");
        }

        using var run = new RunnerRun();
        const string inside = "test -t 0 && test -t 1 && echo terminal; ps -o pgid= -o tpgid= -p $$ | { read a b; [ $a = $b ] && echo foreground; }; exit 6";
        using var process = run.StartProgram(script, "-qec", $"set -m; {ChildHost.Runner} run -- sh -c '{inside}' 2>/dev/null; code=$?; stty -a >/dev/null && echo back $code", "/dev/null");
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(["terminal", "foreground", "back 6"], output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The runtime itself has handlers for some signals, but not for this one.</summary>
    private static bool HasHandler(int process, int signal) =>
        File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("SigCgt:", StringComparison.Ordinal)) is var line
        && (ulong.Parse(line.Split('\t')[1], System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
}
