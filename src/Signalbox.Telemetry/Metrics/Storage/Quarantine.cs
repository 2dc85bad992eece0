using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Puts damaged files aside for a person to look at, and says so.</summary>
internal sealed class Quarantine(string folder, StoreEnvironment environment, MetricStoreMetrics metrics)
{
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Copies a file that is still used as far as it is whole.</summary>
    public void CopyAside(string path, string what)
    {
        if (!_copies.TryGetValue(path, out var copy))
        {
            copy = EarlierCopyOf(path) ?? Copy(path);
            _copies.Add(path, copy);
        }

        Report($"{path} is damaged: {what}. A copy is at {copy}.");
    }

    /// <summary>Moves a file, and those beside it that share its name, out of the way.</summary>
    public void MoveAside(string path, string what)
    {
        var target = TargetOf(path);
        Directory.CreateDirectory(folder);
        foreach (var suffix in new[] { string.Empty, "-wal", "-shm" })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, target + suffix, overwrite: true);
            }
        }

        metrics.Quarantined.Add(1);
        Report($"{path} is damaged: {what}. It was moved to {target}.");
    }

    private string Copy(string path)
    {
        var target = TargetOf(path);
        Directory.CreateDirectory(folder);
        File.Copy(path, target, overwrite: true);
        metrics.Quarantined.Add(1);
        return target;
    }

    // A damaged file stays in use until its samples are on disk, and every start until then finds the damage again: one copy is enough.
    private string? EarlierCopyOf(string path)
    {
        var file = new FileInfo(path);
        return Directory.Exists(folder)
            ? Array.Find(
                Directory.GetFiles(folder, "*-" + file.Name),
                copy => new FileInfo(copy) is var earlier && earlier.Length == file.Length && earlier.LastWriteTimeUtc == file.LastWriteTimeUtc)
            : null;
    }

    private void Report(string sentence)
    {
        _sentences.Add(sentence);
        MetricStoreLog.Damaged(environment.Logger, sentence);
    }

    private string TargetOf(string path) =>
        Path.Combine(folder, environment.TimeProvider.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'-'", CultureInfo.InvariantCulture) + Path.GetFileName(path));
}
