using System.Text;
using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.WorkTree;

/// <summary>Counts and shows the lines in which a file changed.</summary>
internal sealed class ChangeText(WorkTreeOptions options, Redactor redactor)
{
    /// <summary>How far into a file a zero byte tells that it is no text, as git has it.</summary>
    private const int BinaryLook = 8000;

    private int _shown;

    /// <param name="before">Null when it is not known; empty for a file that was not there.</param>
    /// <param name="after">Null when it is no text that can be compared; empty for a file that is gone.</param>
    /// <param name="isFromStore">Whether the content before comes from git's store, where line ends may have been made those of Unix.</param>
    public WorkTreeChange Of(WorkTreeChange change, byte[]? before, byte[]? after, bool isFromStore)
    {
        if (before is null || after is null || IsBinary(before) || IsBinary(after))
        {
            return change;
        }

        var (old, now) = (Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(after));
        if (isFromStore && !old.Contains('\r', StringComparison.Ordinal))
        {
            now = now.Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        var (added, removed) = LineDiff.Count(old, now);
        return change with { LinesAdded = added, LinesRemoved = removed, Diff = Shown(change, old, now) };
    }

    private static bool IsBinary(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, BinaryLook)].Contains((byte)0);

    /// <summary>Both sides lose their secrets whole before they are compared: between the marks of a difference a secret of several lines would not be found.</summary>
    private string? Shown(WorkTreeChange change, string old, string now)
    {
        if (options.MaxDiffLength == 0 || _shown >= options.MaxShownLength)
        {
            return null;
        }

        var diff = UnifiedDiff.Of(
            redactor.Redact(change.Path),
            change.Kind == "added" ? null : redactor.Redact(old),
            change.Kind == "deleted" ? null : redactor.Redact(now),
            options.MaxDiffLength);
        diff = redactor.Redact(diff);
        _shown += diff.Length;
        return diff;
    }
}
