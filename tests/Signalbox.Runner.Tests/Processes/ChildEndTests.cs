using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>What becomes of a command's tree at its end.</summary>
[Collection(ChildTests.Name)]
public sealed class ChildEndTests
{
    private readonly ChildHost _host = new();

    private static CancellationToken Token => ChildHost.Token;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EndsAndCountsWhatLeftGroupSessionParentAndEnvironment(bool usesCgroup)
    {
        using var folder = new TemporaryFolder();
        var told = folder.Write("told", string.Empty);
        var script = $"""
            sleep 1000 & echo $! >> {told}
            setsid sleep 1000 & echo $! >> {told}
            setsid -f sh -c 'echo $$ >> {told}; exec sleep 1000'
            setsid -f env -i /bin/sh -c 'echo $$ >> {told}; exec sleep 1000'
            (setsid -f env -i /bin/sh -c 'echo $$ >> {told}; exec /bin/sleep 1000')
            until [ "$(wc -l < {told})" -eq 5 ]; do sleep 0.02; done
            exit 3
            """;
        await using var child = _host.Start(ChildHost.Shell(script) with { UsesCgroup = usesCgroup });
        var exit = await child.Exited.WaitAsync(Token);
        var left = (await File.ReadAllLinesAsync(told, Token)).Select(static line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal((3, 5), (exit.Code, exit.Stragglers));
        Assert.Equal(5, left.Count);
        Assert.All(left, static process => Assert.False(ChildHost.IsAlive(process)));
        Assert.Equal("5", Assert.Single(_host.Events, static happened => happened.Kind == RunnerEventKind.StragglersEnded).Values["count"]);
    }

    [Fact]
    public async Task EndsAWholeTreeThatIsAskedToEnd()
    {
        await using var child = _host.Start(ChildHost.Spec(ChildHost.FakeAgent, "tree", "3") with { CapturesOutput = true });
        var processes = await ReadTreeAsync(child);
        Assert.Equal(13, processes.Count);
        Assert.Superset(processes.ToHashSet(), child.ReadProcesses().ToHashSet());
        var exit = await ChildStop.StopAsync(child, TimeSpan.FromSeconds(30), TimeProvider.System, _host.Keep).WaitAsync(Token);
        Assert.Equal(143, exit.Code);
        Assert.All(processes, static process => Assert.False(ChildHost.IsAlive(process)));
        Assert.DoesNotContain(_host.Events, static happened => happened.Kind == RunnerEventKind.Killed);
    }

    [Fact]
    public async Task KillsWhatDoesNotEndWithinTheGrace()
    {
        var clock = new FakeClock();
        await using var child = _host.Start(ChildHost.Spec(ChildHost.FakeAgent, "ignore-term") with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("hanging", await reader.ReadLineAsync(Token));
        var stopping = ChildStop.StopAsync(child, TimeSpan.FromSeconds(5), clock, _host.Keep);
        Assert.Equal("ignored SIGTERM", await reader.ReadLineAsync(Token));
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var exit = await stopping.WaitAsync(Token);
        Assert.Equal((137, 9), (exit.Code, exit.Signal));
        Assert.Contains("5 seconds", Assert.Single(_host.Events, static happened => happened.Kind == RunnerEventKind.Killed).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesThoseWhoOutliveTheirShellTimeToPutThingsInOrder()
    {
        const string script = "(trap 'sleep 0.3; echo clean; exit' TERM; echo ready; while :; do sleep 0.05; done) & wait";
        await using var child = _host.Start(ChildHost.Shell(script) with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("ready", await reader.ReadLineAsync(Token));
        var exit = await ChildStop.StopAsync(child, TimeSpan.FromSeconds(30), TimeProvider.System, _host.Keep).WaitAsync(Token);
        Assert.Equal((143, 0), (exit.Code, exit.Stragglers));
        Assert.Equal("clean", await reader.ReadLineAsync(Token));
        Assert.DoesNotContain(_host.Events, static happened => happened.Kind == RunnerEventKind.Killed);
    }

    [Fact]
    public async Task KillsWhatOutlivesTheCommandBeyondTheGrace()
    {
        var clock = new FakeClock();
        await using var child = _host.Start(ChildHost.Shell("(trap '' TERM; echo ready; exec sleep 1000) & wait") with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("ready", await reader.ReadLineAsync(Token));
        var stopping = ChildStop.StopAsync(child, TimeSpan.FromSeconds(5), clock, _host.Keep);
        await Eventually.HoldsAsync("the shell has ended", () => Task.FromResult(!ChildHost.IsAlive(child.Id)), Token);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(143, (await stopping.WaitAsync(Token)).Code);
        Assert.Single(_host.Events, static happened => happened.Kind == RunnerEventKind.Killed);
    }

    [Fact]
    public async Task WakesWhatIsStoppedSoThatItCanEnd()
    {
        await using var child = _host.Start(ChildHost.Shell("kill -STOP $$; sleep 1000"));
        await Eventually.HoldsAsync("it is stopped", () => Task.FromResult(ProcFiles.ReadStat(child.Id)?.State == 'T'), Token);
        child.Terminate();
        Assert.Equal(143, (await child.Exited.WaitAsync(Token)).Code);
    }

    [Fact]
    public async Task PassesASignalToTheWholeGroup()
    {
        const string script = "trap 'echo outer' USR1; (trap 'echo inner; exit' USR1; echo ready; while :; do sleep 0.05; done) & wait; wait; exit 9";
        await using var child = _host.Start(ChildHost.Shell(script) with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("ready", await reader.ReadLineAsync(Token));
        Assert.True(child.Signal(SignalNumbers.User1));
        Assert.Equal(["inner", "outer"], new[] { await reader.ReadLineAsync(Token), await reader.ReadLineAsync(Token) }.Order(StringComparer.Ordinal));
        await child.KillAsync().WaitAsync(Token);
    }

    [Fact]
    public async Task EndsAForkBomb()
    {
        // Each generation leaves its session and its parent; bounded so that a mistake here does not take the machine down.
        const string script = "f() { [ \"$1\" -gt 0 ] && { setsid -f /bin/sh -c \"$BOMB\" x $(($1 - 1)); setsid -f /bin/sh -c \"$BOMB\" x $(($1 - 1)); }; exec sleep 1000; }; f \"$1\"";
        var spec = ChildHost.Spec("/bin/sh", "-c", script, "x", "5");
        await using var child = _host.Start(spec with { UsesCgroup = false, Environment = new Dictionary<string, string>(spec.Environment, StringComparer.Ordinal) { ["BOMB"] = script } });
        await Eventually.HoldsAsync("it spreads", () => Task.FromResult(child.ReadProcesses().Count > 10), Token);
        await child.KillAsync().WaitAsync(Token);
        Assert.DoesNotContain(ProcFiles.ReadAll(), process => !process.HasEnded && ProcFiles.ReadVariable(process.Id, RunMark.Variable) == spec.RunId);
    }

    [Fact]
    public async Task DoesNotTouchTheTreesOfOthers()
    {
        await using var other = _host.Start(ChildHost.Spec(ChildHost.FakeAgent, "tree", "2") with { CapturesOutput = true });
        var processes = await ReadTreeAsync(other);
        await Eventually.HoldsAsync("all of it runs", () => Task.FromResult(processes.TrueForAll(static process => ProcFiles.ReadVariable(process, RunMark.Variable) is not null)), Token);
        await using (var child = _host.Start(ChildHost.Shell("setsid -f sleep 1000; exit 0")))
        {
            Assert.Equal(1, (await child.Exited.WaitAsync(Token)).Stragglers);
        }

        Assert.All(processes, static process => Assert.True(ChildHost.IsAlive(process)));
    }

    private static async Task<List<int>> ReadTreeAsync(IChild child)
    {
        var processes = new List<int>();
        using var reader = new StreamReader(child.Output!, leaveOpen: true);
        while (await reader.ReadLineAsync(Token) is { } line && line != "ready")
        {
            processes.Add(int.Parse(line["pid ".Length..], CultureInfo.InvariantCulture));
        }

        return processes;
    }
}
