using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>What git keeps of a file whose content Git LFS keeps.</summary>
/// <remarks>Source: https://github.com/git-lfs/git-lfs/blob/v3.5.1/docs/spec.md#the-pointer</remarks>
internal static class LfsPointer
{
    private const int MaxLength = 1024;
    private const string Hash = "\noid sha256:";
    private const int HashLength = 64;

    /// <returns>The SHA-256 of the file's content in lower case; null for what is no pointer.</returns>
    public static string? HashOf(ReadOnlySpan<byte> content)
    {
        if (content.Length > MaxLength || !content.StartsWith("version https://git-lfs.github.com/spec/"u8))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(content);
        var at = text.IndexOf(Hash, StringComparison.Ordinal) + Hash.Length;
        return at >= Hash.Length && at + HashLength <= text.Length ? text.Substring(at, HashLength) : null;
    }
}
