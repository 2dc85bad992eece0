using System.Diagnostics;
using System.Globalization;
using Signalbox.Sdk.Processes;

namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>A running command: leader of a session and a process group of its own where the system has that, and the end of all of it.</summary>
internal sealed class CommandProcess : IDisposable
{
    private readonly Process _process;
    private readonly bool _ownGroup;

    private CommandProcess(Process process, bool ownGroup)
    {
        _process = process;
        _ownGroup = ownGroup;
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public int Id => _process.Id;

    /// <summary>Done when the command itself has ended; others of its group may live on until <see cref="Kill"/>.</summary>
    public Task Exited { get; }

    /// <summary>128 + n when signal n ended it; only after <see cref="Exited"/>.</summary>
    public int ExitCode => _process.ExitCode;

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Error => _process.StandardError.BaseStream;

    /// <param name="file">Absolute.</param>
    /// <param name="lease">After this time without <see cref="Renew"/> the command is killed, whatever state the server is in; null for no such bound.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system does not start it.</exception>
    public static CommandProcess Start(string file, IReadOnlyList<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string> environment, TimeSpan? lease)
    {
        var left = lease is { } time && CommandScript.GuardKeepsLeases ? Seconds(time) : string.Empty;
        string[] line = !CommandScript.HasSessions
            ? [file, .. arguments]
            : [.. CommandScript.Launcher, "/bin/sh", "-c", CommandScript.Start, "sh", CommandScript.GuardShell, CommandScript.Guard, left, file, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        if (!CommandScript.HasSessions)
        {
            // Nobody guards, and what reads its input must not wait for ever.
            process.StandardInput.Close();
        }

        return new CommandProcess(process, CommandScript.HasSessions);
    }

    /// <summary>Tells the guard how long the lease lasts from now on.</summary>
    /// <returns>False when there is no guard any more to tell.</returns>
    public bool Renew(TimeSpan lease)
    {
        if (!_ownGroup)
        {
            return true;
        }

        try
        {
            // A few bytes into a pipe that is read at once: this cannot wait.
            var pipe = _process.StandardInput;
            lock (pipe)
            {
                pipe.WriteLine(Seconds(lease));
                pipe.Flush();
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Asks all of it to end, and wakes what is stopped so that it can.</summary>
    public void Terminate()
    {
        if (_ownGroup)
        {
            // In the first moment there is no group yet, and no child either.
            if (!UnixSignals.SendToGroup(Id, UnixSignals.Terminate) && !_process.HasExited)
            {
                UnixSignals.SendToProcess(Id, UnixSignals.Terminate);
            }

            UnixSignals.SendToGroup(Id, UnixSignals.Continue);
        }
        else if (!OperatingSystem.IsWindows() && !_process.HasExited)
        {
            UnixSignals.SendToProcess(Id, UnixSignals.Terminate);
        }
    }

    /// <summary>Ends all of it, and whatever the command left behind in its group.</summary>
    public void Kill()
    {
        if (_ownGroup)
        {
            // The guard keeps the group's number from being given to others, so this cannot meet a stranger.
            UnixSignals.SendToGroup(Id, UnixSignals.Kill);
            _process.StandardInput.Close();
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Closes its pipes; call it when nothing reads them any more. The process class leaves those that were read to the collector.</summary>
    public void Dispose()
    {
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private static string Seconds(TimeSpan time) => Math.Max(time.TotalSeconds, 0.1).ToString("F1", CultureInfo.InvariantCulture);
}
