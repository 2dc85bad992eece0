using System.Collections;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>The fields of a sample's line in the log.</summary>
internal sealed class ResourceLine(ResourceSample sample) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _fields =
    [
        new("memory_bytes", sample.MemoryBytes),
        new("memory_percent", sample.MemoryPercent),
        new("heap_alloc", sample.HeapAlloc),
        new("heap_sys", sample.HeapSys),
        new("num_gc", sample.NumGc),
        new("goroutines", sample.Goroutines),
        new("processes", sample.Processes),
        new("cpu_percent", sample.CpuPercent),
        new("memory_level", sample.Level),
    ];

    public int Count => _fields.Length;

    public KeyValuePair<string, object?> this[int index] => _fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
