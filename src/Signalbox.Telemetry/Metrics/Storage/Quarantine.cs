using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Puts damaged files aside for a person to look at, and says so.</summary>
internal sealed class Quarantine(string folder, StoreEnvironment environment, MetricStoreMetrics metrics)
{
    private readonly HashSet<string> _copied = new(StringComparer.Ordinal);
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Copies a file that is still used as far as it is whole.</summary>
    public void CopyAside(string path, string what)
    {
        var target = TargetOf(path);
        if (_copied.Add(path))
        {
            Directory.CreateDirectory(folder);
            File.Copy(path, target, overwrite: true);
            metrics.Quarantined.Add(1);
        }

        Report($"{path} is damaged: {what}. A copy is at {target}.");
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

    private void Report(string sentence)
    {
        _sentences.Add(sentence);
        MetricStoreLog.Damaged(environment.Logger, sentence);
    }

    private string TargetOf(string path) =>
        Path.Combine(folder, environment.TimeProvider.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'-'", CultureInfo.InvariantCulture) + Path.GetFileName(path));
}
