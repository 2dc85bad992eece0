using System.ComponentModel;
using System.Diagnostics;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>Starts a command on Windows.</summary>
internal static class WindowsLauncher
{
    /// <param name="file">Absolute.</param>
    /// <returns>The child, or what the system says against it.</returns>
    public static (IChild? Child, string? Problem, int Error) Start(string file, ChildSpec spec)
    {
        var start = new ProcessStartInfo(file, spec.Command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = spec.CapturesOutput,
            WorkingDirectory = spec.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var job = WindowsJob.Create();
            var process = Process.Start(start)!;
            job.Add(process);
            if (spec.MaxCores > 0 && OperatingSystem.IsWindows())
            {
                var count = Math.Min((int)Math.Ceiling(spec.MaxCores), Math.Min(Environment.ProcessorCount, 63));
                process.ProcessorAffinity = (nint)((1L << count) - 1);
            }

            return (new WindowsChild(process, job, spec.CapturesOutput), null, 0);
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message.TrimEnd('.'), exception.NativeErrorCode);
        }
    }
}
