using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>Starts a command on Windows.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsLauncher(Action<RunnerEventKind, string, (string Name, string Value)[]> tell)
{
    /// <param name="file">Absolute.</param>
    /// <returns>The child, or what the system says against it.</returns>
    public (IChild? Child, string? Problem, int Error) Start(string file, ChildSpec spec)
    {
        if (Describe(file, spec.Command.Skip(1)) is not { } start)
        {
            return (null, "a batch file takes no argument with a line break in it", 0);
        }

        (start.UseShellExecute, start.RedirectStandardOutput, start.WorkingDirectory) = (false, spec.CapturesOutput, spec.Folder);
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        if (spec.HasTerminal)
        {
            Warn("no_terminal", "No terminal of its own can be given to a command on this system, so it has the runner's.");
        }

        WindowsJob? job = null;
        Process? process = null;
        try
        {
            job = WindowsJob.Create();
            process = Process.Start(start)!;
            job.Add(process);
        }
        catch (Win32Exception exception)
        {
            // A command that no job keeps together would outlive its limits.
            process?.Kill();
            process?.Dispose();
            job?.Dispose();
            return (null, exception.Message.TrimEnd('.'), exception.NativeErrorCode);
        }

        if (spec.MaxCores > 0)
        {
            LimitCores(process, spec.MaxCores);
        }

        return (new WindowsChild(process, job, spec.CapturesOutput, tell), null, 0);
    }

    /// <returns>Null when the arguments cannot be told to a batch file.</returns>
    private static ProcessStartInfo? Describe(string file, IEnumerable<string> arguments) =>
        !BatchCommandLine.IsNeededFor(file) ? new ProcessStartInfo(file, arguments)
        : BatchCommandLine.Of(file, arguments) is { } line ? new ProcessStartInfo(Path.Combine(Environment.SystemDirectory, "cmd.exe"), line)
        : null;

    private void LimitCores(Process process, double cores)
    {
        try
        {
            using var own = Process.GetCurrentProcess();
            if (CoreLimit.Choose(BitConverter.GetBytes((long)own.ProcessorAffinity), (int)Math.Ceiling(cores), Environment.ProcessId) is { } chosen)
            {
                process.ProcessorAffinity = (nint)BitConverter.ToInt64(chosen);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
        catch (Win32Exception exception)
        {
            Warn("no_cpu_limit", $"The number of cores could not be limited, so the command may use all of them: {exception.Message}");
        }
    }

    private void Warn(string code, string text) => tell(RunnerEventKind.Warning, text, [("code", code)]);
}
