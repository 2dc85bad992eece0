using System.Text.Json;

namespace Signalbox.Server.Audit.Verification;

/// <summary>A new key that a record of the log tells of.</summary>
/// <param name="Sequence">Of the record.</param>
/// <param name="Key">As <c>name+id+key</c>.</param>
internal sealed record AnnouncedKey(long Sequence, string Key)
{
    /// <returns>Null when this is no such record, or one that somebody reported instead of the server itself.</returns>
    public static AnnouncedKey? TryRead(long sequence, byte[] body)
    {
        try
        {
            using var record = JsonDocument.Parse(body);
            var root = record.RootElement;
            return !root.TryGetProperty("reporter", out _) && root.TryGetProperty("data", out var data) && data.TryGetProperty("newKey", out var key) && key.GetString() is { } text
                ? new AnnouncedKey(sequence, text)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
