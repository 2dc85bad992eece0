namespace Signalbox.Server.Audit.Notes;

/// <summary>Reads base64 in its one canonical form: padded, without blanks, and without bits that say nothing.</summary>
internal static class Base64Text
{
    /// <returns>Null when it is not that.</returns>
    public static byte[]? Decode(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count) && Convert.ToBase64String(bytes, 0, count) == text ? bytes[..count] : null;
    }
}
