using Signalbox.Runner.Processes;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>Cgroups of version 2, where this system lets them be made.</summary>
[Collection(ChildTests.Name)]
public sealed class CgroupTests
{
    private readonly ChildHost _host = new();

    [Fact]
    public async Task HoldsTheWholeTreeAndIsGoneAfterIt()
    {
        NeedCgroup();
        await using var child = _host.Start(ChildHost.Shell("cat /proc/self/cgroup; setsid -f sleep 1000; setsid -f env -i sleep 1000; echo ready; sleep 1000") with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(ChildHost.Token) is { } line && line != "ready")
        {
            lines.Add(line);
        }

        var folder = child.Cgroup!.Folder;
        Assert.Contains(lines, line => line.StartsWith("0::/", StringComparison.Ordinal) && line.EndsWith(Path.GetFileName(folder), StringComparison.Ordinal));

        // The shell, what it waits for, and the two that left it; they begin in their own time.
        await Eventually.HoldsAsync("four processes are in the cgroup", () => Task.FromResult(child.Cgroup.ReadProcesses().Count == 4), ChildHost.Token);
        Assert.DoesNotContain(Environment.ProcessId, child.Cgroup.ReadProcesses());
        Assert.True(child.Cgroup.ReadCpu() > TimeSpan.Zero);
        await child.KillAsync().WaitAsync(ChildHost.Token);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task TakesCgroupsThatTheCommandMadeAlongWithIt()
    {
        NeedCgroup();
        await using var child = _host.Start(ChildHost.Shell("folder=$(sed -n 's,^0::,,p' /proc/self/cgroup); base=$(sed -n 's,^[^ ]* [^ ]* [^ ]* [^ ]* \\([^ ]*\\) .*- cgroup2 .*,\\1,p' /proc/self/mountinfo); mkdir \"$base$folder/inner\" && echo 0 > \"$base$folder/inner/cgroup.procs\"; exit 5"));
        var folder = child.Cgroup!.Folder;
        Assert.Equal(5, (await child.Exited.WaitAsync(ChildHost.Token)).Code);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task DoesWithoutWhenTold()
    {
        await using var child = _host.Start(ChildHost.Shell("exit 0") with { UsesCgroup = false });
        Assert.Null(child.Cgroup);
        Assert.Equal(0, (await child.Exited.WaitAsync(ChildHost.Token)).Code);
    }

    [Fact]
    public void HandsControllersDownFromALeafOfItsOwnAndReturns()
    {
        NeedCgroup();
        var home = Home();
        var own = Path.Combine(home, ChildHost.NextId());
        Directory.CreateDirectory(own);
        try
        {
            if (File.ReadAllText(Path.Combine(home, "cgroup.controllers")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is not [var controller, ..]
                || !new ChildCgroup(home).IsFirst
                || !ChildCgroup.Write(home, "cgroup.subtree_control", "+" + controller))
            {
                Assert.Skip("No controller can be handed down here.");
                return;
            }

            Assert.True(ChildCgroup.Write(own, "cgroup.procs", "0"));
            var made = CgroupMaker.TryMake("run", own, [controller])!;
            Assert.True(made.Child.Has(controller));
            Assert.Equal([Environment.ProcessId], new ChildCgroup(made.Home).ReadDirectProcesses());
            Assert.NotEqual(own, made.Home);
            Assert.True(made.Remove());
            Assert.Equal([Environment.ProcessId], new ChildCgroup(own).ReadDirectProcesses());
            Assert.Empty(Directory.GetDirectories(own));
        }
        finally
        {
            ChildCgroup.Write(home, "cgroup.procs", "0");
            new ChildCgroup(own).Remove();
        }
    }

    [Theory]
    [InlineData("domain invalid")]
    [InlineData("threaded")]
    public void MakesNoneWhereTheKernelWouldLetNoProcessBeInIt(string kind)
    {
        using var folder = new Signalbox.Testing.Files.TemporaryFolder();
        var child = Directory.CreateDirectory(folder.File("cicd-runner-run")).FullName;
        File.WriteAllText(folder.File("cgroup.procs"), string.Empty);
        File.WriteAllText(folder.File("cicd-runner-run", "cgroup.type"), "domain\n");
        Assert.NotNull(CgroupMaker.TryMake("run", folder.Path, []));
        File.WriteAllText(folder.File("cicd-runner-run", "cgroup.type"), kind + "\n");
        Assert.Null(CgroupMaker.TryMake("run", folder.Path, []));
        Assert.True(Directory.Exists(child));
    }

    [Theory]
    [InlineData("1\n", false)]
    [InlineData("0\n", false)]
    [InlineData("", false)]
    [InlineData("own\n0\n", false)]
    [InlineData("own\n", true)]
    public void TriesNothingWhereOthersAreInItsCgroup(string members, bool moves)
    {
        using var folder = new Signalbox.Testing.Files.TemporaryFolder();
        File.WriteAllText(folder.File("cgroup.type"), "domain\n");
        File.WriteAllText(folder.File("cgroup.controllers"), "memory pids\n");
        File.WriteAllText(folder.File("cgroup.subtree_control"), string.Empty);
        File.WriteAllText(folder.File("cgroup.procs"), members.Replace("own", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Directory.CreateDirectory(folder.File("cicd-runner-run.self"));
        File.WriteAllText(folder.File("cicd-runner-run.self", "cgroup.procs"), string.Empty);
        Assert.NotNull(CgroupMaker.TryMake("run", folder.Path, ["memory", "pids"]));
        Assert.Equal(moves ? "0" : string.Empty, File.ReadAllText(folder.File("cicd-runner-run.self", "cgroup.procs")));
        Assert.Equal(string.Empty, File.ReadAllText(folder.File("cgroup.subtree_control")));
    }

    [Fact]
    public void ReadsWhatTheKernelCouldNotTakeBack()
    {
        using var folder = new Signalbox.Testing.Files.TemporaryFolder();
        var cgroup = new ChildCgroup(folder.Path);
        Assert.Equal((null, null, null), (cgroup.ReadMemory(), cgroup.ReadCpu(), cgroup.ReadOomKills()));
        File.WriteAllText(cgroup.File("memory.current"), "1000000\n");
        Assert.Equal(1_000_000, cgroup.ReadMemory());
        File.WriteAllText(cgroup.File("memory.stat"), "anon 1\nfile 600000\ninactive_file 200000\nactive_file 300000\nslab_reclaimable 50000\n");
        File.WriteAllText(cgroup.File("memory.events"), "low 0\nhigh 0\nmax 4\noom 3\noom_kill 2\noom_group_kill 0\n");
        File.WriteAllText(cgroup.File("cpu.stat"), "usage_usec 1500000\nuser_usec 1\n");
        Assert.Equal((450_000, TimeSpan.FromSeconds(1.5), 2), (cgroup.ReadMemory(), cgroup.ReadCpu(), cgroup.ReadOomKills()));
    }

    [Fact]
    public void WritesLimitsInTheKernelsForms()
    {
        using var folder = new Signalbox.Testing.Files.TemporaryFolder();
        var cgroup = new ChildCgroup(folder.Path);
        Assert.False(cgroup.HoldProcesses());
        Assert.False(cgroup.LimitCores(1.5));
        File.WriteAllText(cgroup.File("pids.current"), "17\n");
        File.WriteAllText(cgroup.File("pids.max"), string.Empty);
        File.WriteAllText(cgroup.File("cpu.max"), string.Empty);
        Assert.True(cgroup.HoldProcesses());
        Assert.True(cgroup.LimitCores(1.5));
        Assert.Equal("17", File.ReadAllText(cgroup.File("pids.max")));
        Assert.Equal("150000 100000", File.ReadAllText(cgroup.File("cpu.max")));
    }

    [Theory]
    [InlineData("0::/\n", "33 32 0:28 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw", "/sys/fs/cgroup")]
    [InlineData("0::/user.slice/a b.scope\n", "33 32 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", "/sys/fs/cgroup/user.slice/a b.scope")]
    [InlineData("4:memory:/x\n0::/docker/1/run\n", "1 1 0:1 / / rw - ext4 a b\n33 32 0:28 /docker/1 /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw", "/sys/fs/cgroup/run")]
    [InlineData("0::/docker/1\n", "33 32 0:28 /docker/1 /a\\040b rw - cgroup2 cgroup2 rw", "/a b")]
    [InlineData("0::/other\n", "33 32 0:28 /docker/1 /sys/fs/cgroup rw - cgroup2 cgroup2 rw", null)]
    [InlineData("0::/../outside\n", "33 32 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", null)]
    [InlineData("4:memory:/\n", "33 32 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw", null)]
    [InlineData("0::/\n", "34 32 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", null)]
    [InlineData("", "", null)]
    public void FindsTheFolderOfItsOwnCgroup(string membership, string mounts, string? expected) => Assert.Equal(expected, CgroupPlace.Find(mounts, membership));

    private static string Home() => CgroupPlace.Find(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"))!;

    private static void NeedCgroup()
    {
        var made = CgroupMaker.TryMake(ChildHost.NextId());
        if (made is null)
        {
            Assert.Skip("There is no cgroup of version 2 here that this user may make cgroups in.");
        }

        Assert.True(made.Remove());
    }
}
