using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>Signs requests so that their receiver can tell that they are this server's, and unchanged.</summary>
/// <remarks>Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string KeyPrefix = "whsec_";
    private const int LeastKey = 24;
    private const int MostKey = 64;

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    /// <param name="id">Of the message, the same when it is sent again; without a full stop.</param>
    public static string Sign(ReadOnlySpan<byte> key, string id, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        var start = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time.ToUnixTimeSeconds()}."));
        byte[] content = [.. start, .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content));
    }

    public static bool TryReadKey(string text, out byte[] key)
    {
        var encoded = text.StartsWith(KeyPrefix, StringComparison.Ordinal) ? text[KeyPrefix.Length..] : text;
        key = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, key, out var count) || count is < LeastKey or > MostKey)
        {
            key = [];
            return false;
        }

        key = key[..count];
        return true;
    }

    public static string NewKey() => KeyPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
