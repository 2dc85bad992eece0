namespace Signalbox.Runner.Facts;

/// <summary>Removes the folders of old runs.</summary>
internal static class RunPruning
{
    /// <summary>
    /// A folder without <c>run.json</c> is one whose runner was killed before it wrote that, or one that is about to write it, or whose command removed it: only the first
    /// stays as it is for so long.
    /// </summary>
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(1);

    /// <summary>Keeps the newest runs and those that go on; leaves alone whatever is not a run's folder.</summary>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="keep">How many to keep; 0 keeps all. Those that never got as far as their <c>run.json</c> are not among them.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="IOException">One of them could not be removed; the others were.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static int Prune(string runs, int keep, DateTimeOffset now)
    {
        if (keep <= 0)
        {
            return 0;
        }

        var folders = Directory.GetDirectories(runs)
            .Where(static folder => RunFolder.IsRunId(Path.GetFileName(folder)) && new DirectoryInfo(folder).LinkTarget is null)
            .OrderByDescending(static folder => Path.GetFileName(folder), StringComparer.Ordinal)
            .ToList();
        var begun = folders.FindAll(static folder => File.Exists(Path.Combine(folder, RunFiles.Start)));
        var removed = 0;
        Exception? failure = null;
        foreach (var folder in begun.Skip(keep).Concat(folders.Except(begun, StringComparer.Ordinal).Where(folder => IsLeft(folder, now))))
        {
            try
            {
                removed += Remove(folder) ? 1 : 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failure ??= exception;
            }
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        return removed;
    }

    /// <summary>A folder that is locked belongs to a run that goes on.</summary>
    private static bool Remove(string folder)
    {
        if (RunFolder.At(folder).TryLock() is not { } held)
        {
            return false;
        }

        held.Dispose();
        Directory.Delete(folder, recursive: true);
        return true;
    }

    /// <summary>Whether nothing has been written there for long, and nothing lies there that a run does not write.</summary>
    private static bool IsLeft(string folder, DateTimeOffset now)
    {
        var entries = new DirectoryInfo(folder).GetFileSystemInfos();
        return Array.TrueForAll(entries, entry => entry is FileInfo && RunFiles.IsOne(entry.Name) && IsOld(entry)) && IsOld(new DirectoryInfo(folder));

        bool IsOld(FileSystemInfo entry) => now.UtcDateTime - entry.LastWriteTimeUtc > Unfinished;
    }
}
