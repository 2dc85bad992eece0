using Signalbox.Runner.Facts;

namespace Signalbox.Runner.WorkTree;

/// <summary>Finds the links of a work tree through which files that changed can be written.</summary>
internal static class TreeLinks
{
    private const int MaxKept = 1000;

    /// <param name="top">The work tree's folder.</param>
    /// <param name="links">Links in it, relative to it.</param>
    /// <param name="changed">Files that changed, relative to it.</param>
    /// <returns>In ordinal order, no more than a thousand: of the others nobody tells that they lead to the same file.</returns>
    public static List<WorkTreeLink> To(IEnumerable<string> changed, string top, IEnumerable<string> links)
    {
        var files = changed.Order(StringComparer.Ordinal).ToList();
        var found = new List<WorkTreeLink>();
        if (files.Count == 0)
        {
            return found;
        }

        foreach (var link in links.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (found.Count < MaxKept && TargetOf(top, link) is { } target && LeadsToOneOf(files, target))
            {
                found.Add(new WorkTreeLink(link, target));
            }
        }

        return found;
    }

    /// <returns>Relative to the top; null when it leads out of it, in a circle, or nowhere that may be looked at.</returns>
    private static string? TargetOf(string top, string link)
    {
        try
        {
            var target = new FileInfo(Path.Combine(top, link)).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            return target?.StartsWith(top.TrimEnd('/') + "/", StringComparison.Ordinal) == true ? target[(top.TrimEnd('/').Length + 1)..].TrimEnd('/') : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool LeadsToOneOf(List<string> files, string target)
    {
        var at = files.BinarySearch(target, StringComparer.Ordinal);
        var below = files.BinarySearch(target + "/", StringComparer.Ordinal);
        return at >= 0 || (~below < files.Count && files[~below].StartsWith(target + "/", StringComparison.Ordinal));
    }
}
