using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Names files relative to the root of the repository, by their names alone: nothing is looked up on disk, so a replay elsewhere names them the same.</summary>
internal sealed class ResourcePaths
{
    private readonly string _root;
    private string _folder;

    public ResourcePaths(RunStart start)
    {
        _root = Clean(start.Root);
        _folder = Clean(start.Folder);
    }

    /// <summary>The agent says where it works; paths that are not absolute are meant from there, as long as that lies within the root.</summary>
    public void WorksIn(string folder)
    {
        var clean = Clean(folder);
        if (IsAbsolute(clean) && Within(clean) is not null)
        {
            _folder = clean;
        }
    }

    /// <returns>With <c>/</c>; relative to the root, or absolute when it lies outside.</returns>
    public string Of(string path)
    {
        var clean = Clean(path);
        var whole = IsAbsolute(clean) ? clean : Clean(_folder + "/" + clean);
        return Within(whole) is { Length: > 0 } inside ? inside : whole;
    }

    private string? Within(string whole)
    {
        if (whole == _root)
        {
            return ".";
        }

        var root = _root.EndsWith('/') ? _root : _root + "/";
        return whole.StartsWith(root, StringComparison.Ordinal) ? whole[root.Length..] : null;
    }

    private static bool IsAbsolute(string path) => path is ['/', ..] || IsWindows(path);

    private static bool IsWindows(string path) => path is [_, ':', '/' or '\\', ..] && char.IsAsciiLetter(path[0]);

    /// <summary>Without <c>.</c>, <c>..</c> and doubled slashes; a path of Windows with <c>/</c> and a capital drive.</summary>
    private static string Clean(string path)
    {
        var text = IsWindows(path) ? char.ToUpperInvariant(path[0]) + path[1..].Replace('\\', '/') : path;
        var prefix = text is ['/', ..] ? "/" : string.Empty;
        var parts = new List<string>();
        foreach (var part in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "." || (part == ".." && parts.Count == 0 && prefix.Length > 0))
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return prefix + string.Join('/', parts);
    }
}
