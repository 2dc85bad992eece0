namespace Signalbox.Runner.Facts;

/// <summary>Removes the folders of old runs.</summary>
internal static class RunPruning
{
    /// <summary>Keeps the newest runs and those that go on; leaves alone whatever is not a run's folder.</summary>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="keep">How many to keep; 0 keeps all.</param>
    /// <returns>How many were removed.</returns>
    public static int Prune(string runs, int keep)
    {
        if (keep <= 0)
        {
            return 0;
        }

        var removed = 0;
        var old = Directory.GetDirectories(runs)
            .Where(static folder => RunFolder.IsRunId(Path.GetFileName(folder)))
            .OrderByDescending(static folder => Path.GetFileName(folder), StringComparer.Ordinal)
            .Skip(keep);
        foreach (var folder in old)
        {
            if (RunFolder.Open(folder) is { } run && run.TryLock() is { } held)
            {
                held.Dispose();
                Directory.Delete(folder, recursive: true);
                removed++;
            }
        }

        return removed;
    }
}
