using System.Collections.Concurrent;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Keeps definitions as read, by job and version. Thread-safe.</summary>
internal sealed class DefinitionCache
{
    /// <summary>Definitions kept; beyond that all are forgotten and read again as they are needed.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <param name="json">The column <c>definition</c> of this version.</param>
    /// <exception cref="InvalidOperationException">The definition does not hold.</exception>
    public JobDefinition Get(string jobId, long version, string json)
    {
        if (_entries.TryGetValue(jobId, out var entry) && entry.Version == version)
        {
            return entry.Definition;
        }

        var definition = JobDefinition.Parse(json);
        if (_entries.Count >= Most)
        {
            // All at once: it costs one round of reading, and no bookkeeping on the way there.
            _entries.Clear();
        }

        _entries[jobId] = new Entry(version, definition);
        return definition;
    }

    private sealed record Entry(long Version, JobDefinition Definition);
}
