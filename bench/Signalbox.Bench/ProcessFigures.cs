using System.Globalization;

namespace Signalbox.Bench;

/// <summary>Reads what Linux knows of a process.</summary>
internal static class ProcessFigures
{
    /// <summary>Clock ticks a second; 100 on every Linux platform .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Most memory resident at any time so far, in bytes.</summary>
    public static long PeakResident(int process) => Status(process, "VmHWM:");

    /// <summary>Memory resident now, in bytes.</summary>
    public static long Resident(int process) => Status(process, "VmRSS:");

    /// <summary>User and system time so far, in seconds.</summary>
    public static double ProcessorSeconds(int process)
    {
        var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));

        // The program's name stands in parentheses and may hold spaces; fields 14 and 15 count from before it.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Bytes of all files below a folder whose path does not contain one of the texts.</summary>
    public static long FolderBytes(string folder, params string[] except) => !Directory.Exists(folder)
        ? 0
        : new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !Array.Exists(except, text => Path.GetRelativePath(folder, file.FullName).Contains(text, StringComparison.Ordinal)))
            .Sum(static file => file.Length);

    private static long Status(int process, string field)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
