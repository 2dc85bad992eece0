using System.Collections.Concurrent;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Children that this process started by <see cref="SpawnPlan"/> and has not taken the end of, as opposed to orphans that came to it.</summary>
internal static class OwnChildren
{
    private static readonly ConcurrentDictionary<int, byte> Ids = new();

    public static void Add(int process) => Ids[process] = 0;

    public static void Remove(int process) => Ids.TryRemove(process, out _);

    public static bool Contains(int process) => Ids.ContainsKey(process);
}
