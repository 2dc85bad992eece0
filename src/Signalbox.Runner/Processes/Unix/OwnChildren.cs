namespace Signalbox.Runner.Processes.Unix;

/// <summary>Children that this process started by <see cref="SpawnPlan"/> and has not taken the end of, as opposed to orphans that came to it.</summary>
internal static class OwnChildren
{
    private static readonly Lock Gate = new();
    private static readonly List<int> Ids = [];

    public static void Add(int process)
    {
        lock (Gate)
        {
            Ids.Add(process);
        }
    }

    public static void Remove(int process)
    {
        lock (Gate)
        {
            Ids.Remove(process);
        }
    }

    public static bool Contains(int process)
    {
        lock (Gate)
        {
            return Ids.Contains(process);
        }
    }
}
