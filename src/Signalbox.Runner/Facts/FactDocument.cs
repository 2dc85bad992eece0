using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Runner.Facts;

/// <summary>A file that holds one JSON document and is put in place whole.</summary>
internal static class FactDocument
{
    /// <returns>The value as it will be read back.</returns>
    public static T Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        PrivateFiles.Replace(path, [.. json, (byte)'\n']);
        return JsonSerializer.Deserialize(json, type)!;
    }

    /// <returns>Null when there is no such file, or nothing of this kind in it.</returns>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        if (new FileInfo(path) is { Exists: true } file && (file.Length == 0 || file.LinkTarget is not null))
        {
            // Empty, or a pipe in its place, for which nobody waits; or a link, which may lead to one.
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
