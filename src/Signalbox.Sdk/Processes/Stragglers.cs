using System.Globalization;
using System.Text;

namespace Signalbox.Sdk.Processes;

/// <summary>Finds and ends processes of a run that left its process group, by the mark that every process inherits in its environment.</summary>
/// <remarks>
/// Linux only. Runs that end at the same time share one look through the process table. A process that overwrites the memory of its environment, or was started
/// without the mark on purpose, is not found. Thread-safe. Source: https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
/// </remarks>
internal sealed class Stragglers
{
    /// <summary>Looks at most so often for what was started while it looked.</summary>
    private const int Rounds = 4;

    private readonly byte[] _prefix;

    private readonly Lock _gate = new();
    private Batch _next = new();
    private bool _looking;

    /// <param name="variable">Name of the variable that holds the mark; its value is one run's alone.</param>
    public Stragglers(string variable) => _prefix = Encoding.ASCII.GetBytes(variable + "=");

    /// <summary>Ends all that carry <paramref name="mark"/>.</summary>
    /// <param name="group">The run's process group, which was killed before: of its processes some may still be on their way out.</param>
    /// <returns>How many there were outside the group.</returns>
    public Task<int> KillAsync(string mark, int group)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Task.FromResult(0);
        }

        lock (_gate)
        {
            _next.Killed.TryAdd(mark, new Found(group));
            if (!_looking)
            {
                _looking = true;
                _ = Task.Run(Look);
            }

            return CountAsync(_next, mark);
        }
    }

    private static async Task<int> CountAsync(Batch batch, string mark)
    {
        await batch.Done.Task;
        return batch.Killed[mark].Outside;
    }

    private void Look()
    {
        while (true)
        {
            Batch batch;
            lock (_gate)
            {
                if (_next.Killed.Count == 0)
                {
                    _looking = false;
                    return;
                }

                batch = _next;
                _next = new Batch();
            }

            for (var round = 0; round < Rounds && KillMarked(batch.Killed); round++)
            {
                // Something was found, which may have started something else meanwhile.
            }

            batch.Done.SetResult();
        }
    }

    private bool KillMarked(Dictionary<string, Found> killed)
    {
        var found = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && ReadMark(Path.Combine(folder, "environ")) is { } mark
                && killed.TryGetValue(mark, out var run)
                && GroupOf(process) is var group
                && UnixSignals.SendToProcess(process, UnixSignals.Kill))
            {
                // A killed process keeps its place in the table for a moment; it is news once.
                found |= run.IsNew(process, group);
            }
        }

        return found;
    }

    /// <returns>0 when the process is gone.</returns>
    public static int GroupOf(int process)
    {
        try
        {
            // Its name, the second field, may hold anything; after it come state, parent and group.
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var group, ..] && int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <returns>Null when the process has no mark, is gone, or is somebody else's.</returns>
    private string? ReadMark(string file) => KernelFile.Read(file, Find);

    private string? Find(ReadOnlySpan<byte> environment)
    {
        foreach (var range in environment.Split((byte)0))
        {
            if (environment[range].StartsWith(_prefix))
            {
                return Encoding.UTF8.GetString(environment[range][_prefix.Length..]);
            }
        }

        return null;
    }

    /// <summary>Runs that one look serves, with what was found of each.</summary>
    private sealed class Batch
    {
        public Dictionary<string, Found> Killed { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What was found of one run.</summary>
    private sealed class Found(int ownGroup)
    {
        private readonly HashSet<int> _processes = [];

        public int Outside { get; private set; }

        public bool IsNew(int process, int group)
        {
            if (!_processes.Add(process))
            {
                return false;
            }

            Outside += group == ownGroup || group == 0 ? 0 : 1;
            return true;
        }
    }
}
