using System.Text.Json;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>The program in cgroups of a real kernel, with real memory that is really short.</summary>
[Collection(ChildTests.Name)]
public sealed class KernelCgroupTests
{
    private const long Plenty = 2L << 30;
    private const long Little = 200L << 20;

    /// <summary>Takes 300 MB at once.</summary>
    private const string Hog = "dd if=/dev/zero of=/dev/null bs=300M count=1";

    private const string Self = "g=/sys/fs/cgroup$(sed -n 's,^0::,,p' /proc/self/cgroup); ";

    private static CancellationToken Token => ChildHost.Token;

    [Fact]
    public async Task GivesTheCommandControllersWhenTheRunnerIsAloneAndLeavesNothing()
    {
        using var cgroup = KernelCgroup.Make(Plenty);
        using var run = new RunnerRun();
        var (code, output) = await RunAsync(run, cgroup, "--set", "resources.cpu.max_cores=0.5", "run", "--", "sh", "-c", Self + "cat $g/cgroup.controllers $g/cpu.max");
        Assert.Equal(0, code);
        var lines = output.Split('\n');
        Assert.Equal(["cpu", "memory", "pids"], lines[0].Split(' ').Where(static name => name is "cpu" or "memory" or "pids"));
        Assert.Equal("50000 100000", lines[1]);
        AssertUnchanged(cgroup);
    }

    [Fact]
    public async Task KeepsTheLimitAlsoWhenOthersAreInTheCgroup()
    {
        using var cgroup = KernelCgroup.Make(Plenty);
        using var run = new RunnerRun();
        using var other = run.StartProgram("/bin/sh", cgroup.Enter("sleep", "1000"));
        await Eventually.HoldsAsync("the other is there", () => Task.FromResult(cgroup.Read("cgroup.procs").Length > 0), Token);
        var (code, _) = await RunAsync(
            run, cgroup, "--memory-limit", "200MiB", "--set", "resources.memory.fast_sample_interval=100ms", "run", "--", "sh", "-c", "setsid -f env -i sleep 1000; dd if=/dev/zero bs=300M count=1 | sleep 1000");
        Assert.Equal(102, code);
        Assert.Equal("memory_limit", run.ReadOutcome().GetProperty("reason").GetString());
        Assert.Equal([other.Id], new ChildCgroup(cgroup.Folder).ReadProcesses());
        AssertUnchanged(cgroup);
    }

    [Theory]
    [InlineData("exec " + Hog, 137, "signal", "kernel_oom", "kernel", 1)]
    [InlineData(Hog + "; exit $?", 137, "command", "kernel_oom", "kernel", 1)]
    [InlineData(Hog + "; exit 102", 102, "command", "failed", "command", 1)]
    [InlineData(Hog + "; exit 0", 0, "command", "completed", "command", 1)]
    [InlineData("exit 137", 137, "command", "failed", "command", 0)]
    [InlineData("exit 102", 102, "command", "failed", "command", 0)]
    [InlineData("kill -KILL $$", 137, "signal", "signal", "user", 0)]
    public async Task TellsTheKernelsKillFromCodesAndSignals(string script, int code, string source, string reason, string by, int kills)
    {
        using var cgroup = KernelCgroup.Make(Little);
        using var run = new RunnerRun();
        Assert.Equal(code, (await RunAsync(run, cgroup, "run", "--", "sh", "-c", script)).Code);
        var outcome = run.ReadOutcome();
        Assert.Equal((source, reason, by, kills), (Text(outcome, "exitSource"), Text(outcome, "reason"), Text(outcome, "stoppedBy"), outcome.GetProperty("oomKills").GetInt32()));
        Assert.Equal(kills > 0, Text(outcome, "detail")!.Contains("want of memory", StringComparison.Ordinal));
        AssertUnchanged(cgroup);
    }

    [Fact]
    public async Task SurvivesWhereEachProcessOfTheCommandIsSmallerThanTheRunner()
    {
        using var cgroup = KernelCgroup.Make(Little);
        using var run = new RunnerRun();
        const string script = Self + "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do dd if=/dev/zero bs=16M count=1 2>/dev/null | sleep 1000 & done; until grep -q '^oom_kill [1-9]' $g/memory.events; do sleep 0.1; done; exit 3";
        Assert.Equal(3, (await RunAsync(run, cgroup, "run", "--", "sh", "-c", script)).Code);
        Assert.True(run.ReadOutcome().GetProperty("oomKills").GetInt32() > 0);
    }

    [Fact]
    public async Task DoesNotTakeTheCacheOfFilesForMemoryOfTheCommand()
    {
        using var cgroup = KernelCgroup.Make(Plenty);
        using var run = new RunnerRun();
        if (new DriveInfo(run.Folder).DriveFormat is "tmpfs" or "ramfs")
        {
            Assert.Skip("The temporary folder is in memory, so its files have no cache.");
        }

        var (code, output) = await RunAsync(
            run, cgroup, "--memory-limit", "200MiB", "--set", "resources.memory.sample_interval=200ms", "--set", "resources.memory.fast_sample_interval=100ms", "run", "--", "sh", "-c", Self + "dd if=/dev/zero of=big bs=1M count=400 2>/dev/null; cat big >/dev/null; sleep 1; cat $g/memory.current");
        Assert.Equal(0, code);
        Assert.True(long.Parse(output, System.Globalization.CultureInfo.InvariantCulture) > Little);
    }

    [Fact]
    public async Task LeavesNeitherProcessesNorCgroupsWhenItIsKilled()
    {
        using var cgroup = KernelCgroup.Make(Plenty);
        using var run = new RunnerRun();
        using var process = run.StartProgram("/bin/sh", cgroup.Enter(ChildHost.Runner, "run", "--", "sh", "-c", "setsid -f env -i sleep 1000; setsid -f sleep 1000; echo ready; wait; sleep 1000"));
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
        process.Kill();
        await process.WaitForExitAsync(Token);
        await run.IsGoneAsync();
        await Eventually.HoldsAsync("the cgroup is as it was", () => Task.FromResult(cgroup.Inner.Count == 0 && cgroup.Read("cgroup.procs").Length == 0), Token);
        AssertUnchanged(cgroup);
    }

    [Theory]
    [InlineData(false, 2, "")]
    [InlineData(true, 0, "started")]
    public async Task LetsNoFurtherProcessBeginWhileItIsHeld(bool released, int code, string output)
    {
        using var cgroup = KernelCgroup.Make(Plenty);
        using var folder = new Signalbox.Testing.Files.TemporaryFolder();
        var fifo = folder.File("go");
        var child = CgroupMaker.TryMake(ChildHost.NextId(), cgroup.Folder, ["memory", "pids", "cpu"])!.Child;
        Assert.True(ChildCgroup.Write(cgroup.Folder, "cgroup.subtree_control", "+pids +memory +cpu"));
        using var run = new RunnerRun();
        using var process = run.StartProgram("/bin/sh", "-c", "mkfifo \"$0\"; echo 0 >\"$1/cgroup.procs\"; echo ready; read go <\"$0\"; /bin/true; echo started", fifo, child.Folder);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Token));
        var held = new ChildCgroup(child.Folder);
        Assert.True(held.HoldProcesses());
        if (released)
        {
            held.ReleaseProcesses();
        }

        await File.WriteAllTextAsync(fifo, "\n", Token);
        Assert.Equal(output, (await process.StandardOutput.ReadToEndAsync(Token)).TrimEnd('\n'));
        await process.WaitForExitAsync(Token);
        Assert.Equal(code, process.ExitCode);
    }

    private static async Task<(int Code, string Output)> RunAsync(RunnerRun run, KernelCgroup cgroup, params string[] arguments)
    {
        using var process = run.StartProgram("/bin/sh", cgroup.Enter(ChildHost.Runner, arguments));
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await error;
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output);
    }

    /// <summary>What the runner's cgroup was given, it is given back.</summary>
    private static void AssertUnchanged(KernelCgroup cgroup)
    {
        Assert.Empty(cgroup.Inner);
        Assert.Equal(string.Empty, cgroup.Read("cgroup.subtree_control"));
        Assert.Equal("domain", cgroup.Read("cgroup.type"));
    }

    private static string? Text(JsonElement outcome, string name) => outcome.GetProperty(name).GetString();
}
