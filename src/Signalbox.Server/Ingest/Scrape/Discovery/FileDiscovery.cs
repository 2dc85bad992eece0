using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Scrape.Discovery;

/// <summary>Reads target files again whenever one of them changed; a file that cannot be read keeps the targets it last gave.</summary>
/// <remarks>Not thread-safe. At most 1,000 files.</remarks>
internal sealed class FileDiscovery(ScrapeConfig config, ILogger logger)
{
    private const int MaxFiles = 1000;

    private readonly Dictionary<string, FileState> _files = new(StringComparer.Ordinal);

    /// <returns>All groups of all files when anything changed; otherwise null.</returns>
    public IReadOnlyList<TargetGroup>? Poll()
    {
        var present = config.TargetFiles.SelectMany(Expand).Distinct(StringComparer.Ordinal).Take(MaxFiles).ToList();
        var changed = false;
        foreach (var gone in _files.Keys.Except(present, StringComparer.Ordinal).ToList())
        {
            _files.Remove(gone);
            changed = true;
        }

        foreach (var file in present)
        {
            changed |= Refresh(file);
        }

        return changed ? [.. _files.OrderBy(static pair => pair.Key, StringComparer.Ordinal).SelectMany(static pair => pair.Value.Groups)] : null;
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern) ?? "/";
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal) : [];
    }

    private bool Refresh(string file)
    {
        var stamp = (File.GetLastWriteTimeUtc(file), new FileInfo(file) is { Exists: true } info ? info.Length : 0);
        if (_files.TryGetValue(file, out var state) && state.Stamp == stamp)
        {
            return false;
        }

        try
        {
            _files[file] = new FileState(stamp, Read(file));
            return true;
        }
        catch (SettingsException exception)
        {
            IngestLog.TargetFileUnreadable(logger, file, exception.Message);
            _files[file] = new FileState(stamp, state?.Groups ?? []);
            return false;
        }
    }

    /// <exception cref="SettingsException">The file cannot be read, or is not a list of groups.</exception>
    private static List<TargetGroup> Read(string file)
    {
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), null));
        var node = SettingsFile.ReadAny(file);
        if (node is not null and not ListNode)
        {
            throw new SettingsException([new SettingsError(node.Place, string.Empty, $"A list of target groups belongs here, not {node.Kind}.")]);
        }

        // Like Prometheus, each target learns which file it stands in.
        var path = new Label("__meta_filepath", file);
        List<TargetGroup> groups =
        [
            .. SettingsSection.Of(settings, node as ListNode ?? new ListNode(file, 1, 1, []), "groups")
                .Select(ScrapeConfigReader.ReadGroup)
                .Select(group => group with { Labels = [.. group.Labels, path] }),
        ];
        return settings.Errors.Count == 0 ? groups : throw new SettingsException(settings.Errors);
    }

    private sealed record FileState((DateTime Written, long Length) Stamp, IReadOnlyList<TargetGroup> Groups);
}
