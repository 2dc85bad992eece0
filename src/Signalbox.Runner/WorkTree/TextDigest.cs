using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>Hashes texts so that two are the same that differ only in what editing tools change by themselves: line ends, spaces at the ends of lines and of the text, and a mark of the byte order.</summary>
internal static class TextDigest
{
    public static string Of(ReadOnlySpan<byte> text) => Of(Encoding.UTF8.GetString(text));

    /// <returns>SHA-256 in lower case.</returns>
    public static string Of(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> end = [(byte)'\n'];
        foreach (var line in text.AsSpan().TrimStart('\uFEFF').TrimEnd().EnumerateLines())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line.TrimEnd().ToString()));
            hash.AppendData(end);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
