using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Reads what the kernel tells of processes under <c>/proc</c>.</summary>
/// <remarks>A process may be gone at any moment; then there is nothing to read, which is no error.</remarks>
internal static class ProcFiles
{
    /// <summary>All processes that can be seen.</summary>
    public static List<ProcStat> ReadAll()
    {
        var all = new List<ProcStat>(256);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && ReadStat(process) is { } stat)
            {
                all.Add(stat);
            }
        }

        return all;
    }

    public static ProcStat? ReadStat(int process) => KernelFile.Read(Name(process, "stat"), static text => ProcStat.Parse(text));

    /// <summary>Value of a variable that the process was started with; null without it, or when it may not be seen.</summary>
    public static string? ReadVariable(int process, string name) => ReadVariable(process, name, out _);

    /// <param name="isEmpty">Whether the process shows no variables at all, as one does that is just beginning its program.</param>
    public static string? ReadVariable(int process, string name, out bool isEmpty)
    {
        var (value, empty) = KernelFile.Read(Name(process, "environ"), text => (FindVariable(text, name), text.IsEmpty));
        isEmpty = empty;
        return value;
    }

    /// <summary>Proportional set size in bytes: shared pages count for each sharer with its part. Null when it may not be seen.</summary>
    /// <remarks>Source: https://www.kernel.org/doc/Documentation/ABI/testing/procfs-smaps_rollup</remarks>
    public static long? ReadProportional(int process) => KernelFile.Read(Name(process, "smaps_rollup"), static text => FindKilobytes(text, "Pss:"u8));

    /// <summary>How many files the process has open; 0 when it may not be seen.</summary>
    public static int CountHandles(int process)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Name(process, "fd")).Count();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Processes that the kernel has killed for want of memory since the machine's start; null where it does not tell.</summary>
    public static long? ReadOomKills() => KernelFile.Read("/proc/vmstat", static text => FindNumber(text, "oom_kill "u8));

    internal static string? FindVariable(ReadOnlySpan<byte> environment, string name)
    {
        foreach (var range in environment.Split((byte)0))
        {
            var variable = environment[range];
            if (variable.IndexOf((byte)'=') is var length and > 0 && Encoding.UTF8.GetString(variable[..length]) == name)
            {
                return Encoding.UTF8.GetString(variable[(length + 1)..]);
            }
        }

        return null;
    }

    internal static long? FindKilobytes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => FindNumber(text, name) is { } kilobytes and <= long.MaxValue / 1024 ? kilobytes * 1024 : null;

    /// <summary>The number that follows <paramref name="name"/> at the beginning of a line.</summary>
    internal static long? FindNumber(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line.StartsWith(name))
            {
                return Utf8Parser.TryParse(line[name.Length..].TrimStart((byte)' '), out long value, out _) && value >= 0 ? value : null;
            }
        }

        return null;
    }

    private static string Name(int process, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}");
}
