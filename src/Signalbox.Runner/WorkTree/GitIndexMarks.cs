using System.Buffers.Binary;
using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>Finds marks in git's index that keep git from looking at files: <c>assume-unchanged</c> and <c>skip-worktree</c>.</summary>
/// <remarks>
/// Read here and not by git, because it is looked at before every command. Of a split index only the part that the file itself holds is read.
/// Source: https://git-scm.com/docs/index-format
/// </remarks>
internal static class GitIndexMarks
{
    private const int HeaderLength = 12;
    private const int ModeAt = 24;
    private const int StatLength = 40;
    private const int ShortHash = 20;
    private const int LongHash = 32;
    private const int LongName = 0xFFF;
    private const byte AssumeUnchanged = 0x80;
    private const byte Extended = 0x40;
    private const byte SkipWorkTree = 0x40;

    /// <param name="FlagsAt">Where the flags of the entry are.</param>
    /// <param name="IsSkipped">Whether the file need not be there, as in a sparse checkout; otherwise git takes it for unchanged.</param>
    internal readonly record struct Mark(string Path, int FlagsAt, bool IsSkipped);

    /// <returns>The marked entries; none of what is no index of a known form.</returns>
    public static IReadOnlyList<Mark> Read(byte[] index) => TryRead(index, ShortHash) ?? TryRead(index, LongHash) ?? [];

    /// <summary>Takes a mark out. The checksum then says that there is none.</summary>
    public static void Clear(byte[] index, Mark mark)
    {
        index[mark.FlagsAt] &= unchecked((byte)~AssumeUnchanged);
        if (mark.IsSkipped)
        {
            index[mark.FlagsAt + 2] &= unchecked((byte)~SkipWorkTree);
        }

        // Longer than one checksum where hashes are long, which git looks at in a check of its whole store only.
        index.AsSpan(index.Length - ShortHash).Clear();
    }

    /// <param name="hash">Length of the hashes in it.</param>
    private static List<Mark>? TryRead(ReadOnlySpan<byte> index, int hash)
    {
        if (index.Length < HeaderLength + hash || !index.StartsWith("DIRC"u8) || BinaryPrimitives.ReadUInt32BigEndian(index[4..]) is < 2 or > 4)
        {
            return null;
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(index[4..]);
        var (marks, name, at) = (new List<Mark>(), new List<byte>(), HeaderLength);
        for (var left = BinaryPrimitives.ReadUInt32BigEndian(index[8..]); left > 0; left--)
        {
            var flagsAt = at + StatLength + hash;
            if (flagsAt + 4 > index.Length || !IsMode(BinaryPrimitives.ReadUInt32BigEndian(index[(at + ModeAt)..])))
            {
                return null;
            }

            var isExtended = version > 2 && (index[flagsAt] & Extended) != 0;
            var nameAt = flagsAt + (isExtended ? 4 : 2);
            var kept = version == 4 ? Kept(index, ref nameAt, name.Count) : 0;
            var length = NameLength(index, flagsAt, nameAt, version);
            if (kept < 0 || length < 0)
            {
                return null;
            }

            if (version == 4)
            {
                name.RemoveRange(kept, name.Count - kept);
                name.AddRange(index.Slice(nameAt, length));
            }

            var isSkipped = isExtended && (index[flagsAt + 2] & SkipWorkTree) != 0;
            if (isSkipped || (index[flagsAt] & AssumeUnchanged) != 0)
            {
                marks.Add(new Mark(version == 4 ? Encoding.UTF8.GetString([.. name]) : Encoding.UTF8.GetString(index.Slice(nameAt, length)), flagsAt, isSkipped));
            }

            at = version == 4 ? nameAt + length + 1 : at + ((nameAt - at + length + 8) & ~7);
        }

        return marks;
    }

    private static bool IsMode(uint mode) => mode is 0x81A4 or 0x81ED or 0x81B4 or 0xA000 or 0xE000 or 0x4000;

    /// <summary>How much of the name before an entry of version 4 keeps.</summary>
    private static int Kept(ReadOnlySpan<byte> index, ref int at, int before)
    {
        var removed = 0;
        for (var isFirst = true; at < index.Length; isFirst = false)
        {
            var part = index[at++];
            removed = ((removed + (isFirst ? 0 : 1)) << 7) | (part & 0x7F);
            if (removed < 0 || removed > before)
            {
                return -1;
            }

            if (part < 0x80)
            {
                return before - removed;
            }
        }

        return -1;
    }

    private static int NameLength(ReadOnlySpan<byte> index, int flagsAt, int nameAt, uint version)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(index[flagsAt..]) & LongName;
        if (version == 4 || length == LongName)
        {
            length = nameAt > index.Length ? -1 : index[nameAt..].IndexOf((byte)0);
        }

        return nameAt + length < index.Length ? length : -1;
    }
}
