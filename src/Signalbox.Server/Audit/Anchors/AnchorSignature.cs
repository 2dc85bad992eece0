using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Signs what is posted, in the way in which HTTP jobs are signed.</summary>
/// <remarks>Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal static class AnchorSignature
{
    private const string KeyPrefix = "whsec_";

    public static bool TryReadKey(string text, out byte[] key)
    {
        var encoded = text.StartsWith(KeyPrefix, StringComparison.Ordinal) ? text[KeyPrefix.Length..] : text;
        key = new byte[encoded.Length];
        var isKey = Convert.TryFromBase64String(encoded, key, out var count) && count is >= 24 and <= 64;
        key = key[..count];
        return isKey;
    }

    /// <param name="id">Of the message, the same when it is sent again.</param>
    public static void Add(HttpRequestMessage request, byte[] key, string id, DateTimeOffset time, byte[] body)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content)));
    }
}
