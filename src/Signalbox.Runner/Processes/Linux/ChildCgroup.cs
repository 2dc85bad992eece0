using System.Globalization;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>A cgroup, version 2, that holds a command's tree: what is in it, what it uses, and the end of all of it.</summary>
/// <remarks>
/// Without the controllers it still holds the tree together and counts its processor time. Thread-safe.
/// Source: https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v2.html
/// </remarks>
internal sealed class ChildCgroup
{
    private const int Period = 100_000;

    private const string Members = "cgroup.procs";
    private const string Kind = "cgroup.type";

    private const int Tries = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly HashSet<string> _controllers;

    /// <param name="folder">Of a cgroup that exists.</param>
    public ChildCgroup(string folder)
    {
        Folder = folder;
        _controllers = ReadText("cgroup.controllers")?.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal) ?? [];
    }

    public string Folder { get; }

    public bool HasMemory => Has("memory");

    public bool Has(string controller) => _controllers.Contains(controller);

    /// <summary>Whether processes may be in it at all, which a cgroup below one that serves threads cannot have.</summary>
    public bool MayHoldProcesses => ReadText(Kind) is null or "domain\n" or "domain threaded\n";

    /// <summary>Whether it is the first of all, which alone has no kind.</summary>
    public bool IsFirst => !System.IO.File.Exists(File(Kind));

    /// <summary>Whether no process is in it, not even one that cannot be seen from here.</summary>
    public bool IsEmpty => ReadText(Members) is { Length: 0 };

    /// <summary>Processes in it and in cgroups that the command made below it.</summary>
    public List<int> ReadProcesses()
    {
        var found = new List<int>();
        Add(Folder, found);
        return found;
    }

    /// <summary>Processes in it, without those of cgroups below it.</summary>
    public List<int> ReadDirectProcesses() => Direct(Folder);

    /// <summary>Whether that process, and no other, is in it; others of another container, which cannot be seen from here, count too.</summary>
    public bool HoldsOnly(int process) => ReadText(Members) == string.Create(CultureInfo.InvariantCulture, $"{process}\n");

    /// <summary>Bytes that belong to the tree and that the kernel could not simply take back: without the cache of files and what else it reclaims. Null without the controller.</summary>
    public long? ReadMemory()
    {
        if (Number("memory.current") is not { } all)
        {
            return null;
        }

        var reclaimable = KernelFile.Read<long?>(
            File("memory.stat"),
            static text => (ProcFiles.FindNumber(text, "inactive_file "u8) ?? 0) + (ProcFiles.FindNumber(text, "active_file "u8) ?? 0) + (ProcFiles.FindNumber(text, "slab_reclaimable "u8) ?? 0));
        return Math.Max(0, all - (reclaimable ?? 0));
    }

    /// <summary>Processor time of all that was ever in it.</summary>
    public TimeSpan? ReadCpu() =>
        KernelFile.Read(File("cpu.stat"), static text => ProcFiles.FindNumber(text, "usage_usec "u8)) is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    /// <summary>How many of its processes the kernel has killed for want of memory; null without the controller.</summary>
    public long? ReadOomKills() => KernelFile.Read(File("memory.events"), static text => ProcFiles.FindNumber(text, "oom_kill "u8));

    /// <returns>False when the system does not let it.</returns>
    public bool LimitCores(double cores) => Write("cpu.max", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1000, (long)(cores * Period))} {Period}"));

    /// <summary>Lets no further process or thread begin; those that are there stay.</summary>
    /// <returns>False without the controller.</returns>
    public bool HoldProcesses() => Number("pids.current") is { } count && Write("pids.max", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes <see cref="HoldProcesses"/> back.</summary>
    public void ReleaseProcesses() => Write("pids.max", "max");

    /// <summary>Kills all that is in it, whatever it forks meanwhile.</summary>
    public void Kill()
    {
        // Were this process in it, because the way out had failed, it would be the first to go.
        if (ReadProcesses() is { Count: > 0 } processes && !processes.Contains(Environment.ProcessId))
        {
            Write("cgroup.kill", "1");
        }
    }

    /// <summary>Takes it away once nothing is in it.</summary>
    /// <returns>False when something still is.</returns>
    public bool Remove()
    {
        using var never = new ManualResetEventSlim();
        for (var round = 0; round < Tries; round++)
        {
            if (RemoveFolder(Folder))
            {
                return true;
            }

            never.Wait(Pause);
        }

        return false;
    }

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Whether this user may write a cgroup's file; nothing is written.</summary>
    public static bool MayWrite(string folder, string name)
    {
        try
        {
            using var file = System.IO.File.OpenHandle(Path.Combine(folder, name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes a cgroup's file.</summary>
    /// <returns>False when the system refuses.</returns>
    public static bool Write(string folder, string name, string text)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool Write(string name, string text) => Write(Folder, name, text);

    private long? Number(string name) => long.TryParse(ReadText(name), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;

    private string? ReadText(string name) => KernelFile.Read(File(name), static text => System.Text.Encoding.UTF8.GetString(text));

    private static void Add(string folder, List<int> found)
    {
        found.AddRange(Direct(folder));
        foreach (var inner in Inner(folder))
        {
            Add(inner, found);
        }
    }

    private static List<int> Direct(string folder)
    {
        var found = new List<int>();
        foreach (var line in KernelFile.Read(Path.Combine(folder, Members), static text => System.Text.Encoding.UTF8.GetString(text))?.Split('\n') ?? [])
        {
            // 0 stands for a process of another container.
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process > 0)
            {
                found.Add(process);
            }
        }

        return found;
    }

    private static bool RemoveFolder(string folder)
    {
        foreach (var inner in Inner(folder))
        {
            RemoveFolder(inner);
        }

        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Inner(string folder)
    {
        try
        {
            return Directory.GetDirectories(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
