using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>A file that differs from git's index.</summary>
/// <param name="Mode">In the index, such as <c>100644</c>; <c>000000</c> when it is not there.</param>
/// <param name="Id">Of its content in the index; zeros when it is not there.</param>
/// <param name="Status"><c>M</c>, <c>D</c>, <c>T</c>, <c>A</c> or <c>U</c>.</param>
internal sealed record GitDifference(string Path, string Mode, string Id, char Status)
{
    /// <summary>Whether it is of another mode in the work tree.</summary>
    public bool HasNewMode { get; init; }

    public bool IsSubmodule => Mode == "160000";
}

/// <summary>Reads what git writes with <c>-z</c>.</summary>
internal static class GitOutput
{
    /// <summary>Reads <c>git diff --raw -z</c>.</summary>
    /// <remarks>Source: https://git-scm.com/docs/git-diff#_raw_output_format</remarks>
    /// <returns>One a path; what is no such line is left out.</returns>
    public static Dictionary<string, GitDifference> Differences(ReadOnlySpan<byte> output)
    {
        var found = new Dictionary<string, GitDifference>(StringComparer.Ordinal);
        while (Next(ref output) is { } header)
        {
            if (header is not [':', ..])
            {
                continue;
            }

            var words = header[1..].Split(' ');
            if (words is not [var mode, var now, var id, _, [var status, ..]] || Next(ref output) is not { } path)
            {
                continue;
            }

            // A conflict is told twice, with and without the content of a side; the first says that it is one.
            found.TryAdd(path, new GitDifference(path, mode, id, status) { HasNewMode = now != mode });
            if (status is 'R' or 'C')
            {
                Next(ref output);
            }
        }

        return found;
    }

    /// <summary>Reads a list of paths.</summary>
    public static List<string> Paths(ReadOnlySpan<byte> output)
    {
        var paths = new List<string>();
        while (Next(ref output) is { } path)
        {
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>Reads <c>git ls-files --stage -z</c>.</summary>
    /// <param name="mode">With the space behind it.</param>
    /// <returns>Paths of the entries of that mode.</returns>
    public static List<string> Staged(ReadOnlySpan<byte> output, ReadOnlySpan<byte> mode)
    {
        var paths = new List<string>();
        foreach (var range in output.Split((byte)0))
        {
            var entry = output[range];
            if (entry.StartsWith(mode) && entry.IndexOf((byte)'\t') is >= 0 and var tab)
            {
                paths.Add(Encoding.UTF8.GetString(entry[(tab + 1)..]));
            }
        }

        return paths;
    }

    /// <summary>Reads <c>git cat-file --batch-check</c>.</summary>
    /// <returns>Size by id, of what is there and is a file's content.</returns>
    public static Dictionary<string, long> Sizes(ReadOnlySpan<byte> output)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var range in output.Split((byte)'\n'))
        {
            if (Encoding.UTF8.GetString(output[range]).Split(' ') is [var id, "blob", var size] && long.TryParse(size, System.Globalization.CultureInfo.InvariantCulture, out var bytes))
            {
                sizes[id] = bytes;
            }
        }

        return sizes;
    }

    /// <summary>Reads <c>git cat-file --batch</c>.</summary>
    public static Dictionary<string, byte[]> Contents(ReadOnlySpan<byte> output)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (output.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var header = Encoding.UTF8.GetString(output[..end]).Split(' ');
            output = output[(end + 1)..];
            if (header is not [var id, _, var text] || !int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var size) || size < 0 || size > output.Length)
            {
                continue;
            }

            contents[id] = output[..size].ToArray();
            output = output[Math.Min(size + 1, output.Length)..];
        }

        return contents;
    }

    private static string? Next(ref ReadOnlySpan<byte> output)
    {
        if (output.IsEmpty)
        {
            return null;
        }

        var end = output.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? output : output[..end]);
        output = end < 0 ? [] : output[(end + 1)..];
        return text;
    }
}
