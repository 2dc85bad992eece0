using System.Text.Json;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Reads the record in which a log says that payloads were deleted because their retention was over.</summary>
internal static class PruneRecord
{
    /// <returns>The first sequence that was kept; 0 when this is no such record, or one that somebody reported instead of the server itself.</returns>
    public static long UntilOf(byte[] body)
    {
        try
        {
            using var record = JsonDocument.Parse(body);
            var root = record.RootElement;
            return !root.TryGetProperty("reporter", out _)
                && root.GetProperty("actor").GetProperty("kind").ValueEquals("system"u8)
                && root.GetProperty("data").GetProperty("until").TryGetInt64(out var until)
                ? until
                : 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return 0;
        }
    }
}
