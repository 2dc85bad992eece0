using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Ends all that is left of a command's tree.</summary>
internal static class TreeEnd
{
    /// <summary>Looks so often for what was started while it looked.</summary>
    private const int Rounds = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>More waiting than this is the kernel's own, which nothing shortens.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Ends them and waits until they are gone.</summary>
    /// <returns>How many there were beside the command itself.</returns>
    public static int Complete(ProcessTree tree, int root, ChildCgroup? cgroup, TimeProvider clock)
    {
        var ended = new HashSet<int>();
        var start = clock.GetTimestamp();
        using var never = new ManualResetEventSlim();
        for (var round = 0; round < Rounds; round++)
        {
            var left = tree.ReadAll();
            left.RemoveAll(process => process.Id == root);
            cgroup?.Kill();
            UnixSignals.SendToGroup(root, UnixSignals.Kill);
            foreach (var process in left)
            {
                UnixSignals.SendToProcess(process.Id, UnixSignals.Kill);
                ended.Add(process.Id);
            }

            tree.ReapOrphans();
            if (left.Count == 0 || clock.GetElapsedTime(start) > Limit)
            {
                break;
            }

            never.Wait(Pause);
        }

        return ended.Count;
    }
}
