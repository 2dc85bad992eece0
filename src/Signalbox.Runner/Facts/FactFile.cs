using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Runner.Facts;

/// <summary>A file of facts, one JSON object a line.</summary>
/// <remarks>A line is whole in the file before <see cref="Append"/> returns, whoever else appends, and survives the process's end. Not thread-safe.</remarks>
internal sealed class FactFile<T>(string path, JsonTypeInfo<T> type) : IDisposable
    where T : class
{
    private AppendFile? _file;

    /// <returns>The fact as it will be read back: a reading that is given this one gives the same result on replay.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public T Append(T fact)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(fact, type);
        _file ??= new AppendFile(path);
        _file.Append([.. json, (byte)'\n']);
        return JsonSerializer.Deserialize(json, type)!;
    }

    /// <summary>Begins the file anew with the next fact when it is not in its place any more.</summary>
    public void Reopen()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Reads all of a file; a missing one holds nothing.</summary>
    public static FactLines<T> Read(string path, JsonTypeInfo<T> type)
    {
        var tail = new FactTail<T>(path, type);
        var facts = tail.Read();
        return new FactLines<T>(facts, tail.Broken + (tail.HoldsCutLine ? 1 : 0));
    }

    public void Dispose() => _file?.Dispose();
}

/// <summary>What a file of facts holds.</summary>
/// <param name="Broken">Lines that could not be read: cut off when a process was killed, or not of this kind.</param>
internal sealed record FactLines<T>(IReadOnlyList<T> Facts, long Broken);
