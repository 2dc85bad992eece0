using Signalbox.Runner.Processes.Linux;
using Signalbox.Sdk.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>A cgroup of this machine's kernel, with controllers, in which a test starts a runner as a service manager or a container engine would; the test skips where none can be made.</summary>
internal sealed class KernelCgroup : IDisposable
{
    private static readonly string[] Controllers = ["memory", "pids", "cpu"];

    private readonly string _home;
    private readonly List<string> _enabled = [];

    private KernelCgroup(string home)
    {
        _home = home;
        Folder = Path.Combine(home, ChildHost.NextId());
    }

    public string Folder { get; }

    /// <summary>Folders of cgroups that stand in it.</summary>
    public IReadOnlyList<string> Inner => Directory.GetDirectories(Folder);

    /// <param name="memoryMax">Bytes that the kernel lets all of it have.</param>
    public static KernelCgroup Make(long memoryMax)
    {
        if (!OperatingSystem.IsLinux() || CgroupPlace.Find(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup")) is not { } home)
        {
            Assert.Skip("There is no cgroup of version 2 here.");
            return null!;
        }

        var made = new KernelCgroup(home);
        try
        {
            Directory.CreateDirectory(made.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("This user may not make cgroups of version 2 here.");
        }

        foreach (var controller in Controllers.Where(controller => !new ChildCgroup(made.Folder).Has(controller)))
        {
            // Elsewhere the tests themselves are in the way.
            if (new ChildCgroup(home).IsFirst && ChildCgroup.Write(home, "cgroup.subtree_control", "+" + controller))
            {
                made._enabled.Add(controller);
            }
        }

        if (!Controllers.All(new ChildCgroup(made.Folder).Has))
        {
            made.Dispose();
            Assert.Skip("The controllers memory, pids and cpu cannot be handed down in version 2 of cgroups here: they serve version 1, or other processes are in the way.");
        }

        Assert.True(made.Write("memory.max", memoryMax.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return made;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name)).TrimEnd('\n');

    public bool Write(string name, string text) => ChildCgroup.Write(Folder, name, text);

    /// <summary>Words that start a program in it, which takes the place of the shell.</summary>
    public string[] Enter(string program, params string[] arguments) => ["-c", "echo 0 >\"$0/cgroup.procs\" && exec \"$@\"", Folder, program, .. arguments];

    public void Dispose()
    {
        // What is still in it is the test's own.
        foreach (var process in new ChildCgroup(Folder).ReadProcesses())
        {
            UnixSignals.SendToProcess(process, UnixSignals.Kill);
        }

        new ChildCgroup(Folder).Remove();
        foreach (var controller in _enabled)
        {
            ChildCgroup.Write(_home, "cgroup.subtree_control", "-" + controller);
        }
    }
}
