using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Sdk.Redaction;

/// <summary>The text that stands where a secret stood: <c>[redacted:RULE:TAG]</c>.</summary>
/// <remarks>
/// The tag is the first 40 bits of the secret's HMAC-SHA256 (RFC 2104) in lower-case base32 (RFC 4648, section 6), so equal secrets stay equal, and without the key it tells nothing,
/// not even by trying passwords. Source: https://www.rfc-editor.org/rfc/rfc2104
/// </remarks>
internal static class RedactionMarker
{
    public const string Start = "[redacted:";
    public const int MaxIdLength = 48;
    private const int TagLength = 8;
    private const string TagAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> TagCharacters = SearchValues.Create(TagAlphabet);

    public static string Create(string rule, ReadOnlySpan<char> secret, ReadOnlySpan<byte> key) => $"{Start}{rule}:{Tag(secret, key)}]";

    public static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxIdLength && !id.ContainsAnyExcept(IdCharacters);

    /// <returns>Length of the marker with which the text begins; 0 when it begins with none.</returns>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal))
        {
            return 0;
        }

        var id = text[Start.Length..];
        var length = id.IndexOfAnyExcept(IdCharacters);
        if (length is <= 0 or > MaxIdLength || id[length] != ':')
        {
            return 0;
        }

        var tag = id[(length + 1)..];
        return tag.Length > TagLength && tag[TagLength] == ']' && !tag[..TagLength].ContainsAnyExcept(TagCharacters) ? Start.Length + length + TagLength + 2 : 0;
    }

    /// <summary>Whether the text is one marker and nothing else.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) => LengthAt(text) is > 0 and var length && length == text.Length;

    private static string Tag(ReadOnlySpan<char> secret, ReadOnlySpan<byte> key)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(secret.Length));
        try
        {
            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, bytes.AsSpan(0, Encoding.UTF8.GetBytes(secret, bytes)), hash);
            Span<char> tag = stackalloc char[TagLength];
            ulong bits = 0;
            for (var index = 0; index < 5; index++)
            {
                bits = (bits << 8) | hash[index];
            }

            for (var index = TagLength - 1; index >= 0; index--, bits >>= 5)
            {
                tag[index] = TagAlphabet[(int)(bits & 31)];
            }

            return new string(tag);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }
}
