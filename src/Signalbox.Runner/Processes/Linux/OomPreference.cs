using System.Buffers.Text;
using System.Globalization;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Has the kernel, where it must kill somebody for want of memory, take a process of the command before the runner, which is to tell of it.</summary>
/// <remarks>
/// A score is handed down to whatever a process starts, so this process raises its own for the moment of the start; going back to where it was needs no right.
/// Source: https://man7.org/linux/man-pages/man5/proc_pid_oom_score_adj.5.html
/// </remarks>
internal sealed class OomPreference : IDisposable
{
    /// <summary>Thousandths of the memory that is short: the runner is smaller than half of what any command can work with.</summary>
    private const int More = 500;

    private const int Most = 1000;
    private const string Self = "/proc/self";
    private const string Score = "oom_score_adj";

    private readonly int _before;

    private OomPreference(int before) => _before = before;

    /// <summary>What is started until this is disposed goes first.</summary>
    /// <returns>Null where nothing can be changed.</returns>
    public static OomPreference? TryRaise()
    {
        var before = KernelFile.Read<int?>(Path.Combine(Self, Score), static text => Utf8Parser.TryParse(text, out int value, out _) ? value : null);
        return before is { } own && Write(Math.Min(Most, own + More)) ? new OomPreference(own) : null;
    }

    public void Dispose() => Write(_before);

    private static bool Write(int score) => ChildCgroup.Write(Self, Score, score.ToString(CultureInfo.InvariantCulture));
}
