using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>The text of API tokens: <c>sbx_</c> and 48 characters of base64url, which are 32 random bytes and 4 of checksum.</summary>
/// <remarks>The checksum lets a secret scanner tell a token from look-alikes, and a mistyped one be refused without a look-up. It is the beginning of the random bytes' SHA-256.</remarks>
internal static class TokenSecret
{
    public const string Start = "sbx_";
    public const int Length = 52;

    /// <summary>How much of a token is kept readable, so that people can tell theirs apart.</summary>
    public const int ShownLength = 12;

    private const int RandomBytes = 32;
    private const int ChecksumBytes = 4;

    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[RandomBytes + ChecksumBytes];
        RandomNumberGenerator.Fill(bytes[..RandomBytes]);
        Checksum(bytes[..RandomBytes], bytes[RandomBytes..]);
        return Start + Base64Url.EncodeToString(bytes);
    }

    public static bool LooksLikeOne(ReadOnlySpan<char> text) => text.Length == Length && text.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Whether the text was made by <see cref="Create"/>; says nothing about whether the token exists.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes + ChecksumBytes];

        // The variant with a status, because the one that only says whether it worked throws on characters outside the alphabet.
        if (!LooksLikeOne(text) || Base64Url.DecodeFromChars(text[Start.Length..], bytes, out _, out var length) != OperationStatus.Done || length != bytes.Length)
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        Checksum(bytes[..RandomBytes], checksum);
        return checksum.SequenceEqual(bytes[RandomBytes..]);
    }

    private static void Checksum(ReadOnlySpan<byte> random, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(random, hash);
        hash[..ChecksumBytes].CopyTo(checksum);
    }
}
