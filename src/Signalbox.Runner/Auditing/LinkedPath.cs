using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing;

/// <summary>Follows links that the comparison of the work tree found, by their names alone.</summary>
internal static class LinkedPath
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MaxLinks = 40;

    /// <returns>The path itself where no link is on its way.</returns>
    public static string Follow(string path, IReadOnlyList<WorkTreeLink> links)
    {
        for (var count = 0; count < MaxLinks; count++)
        {
            if (links.FirstOrDefault(link => Leads(link, path)) is not { } link)
            {
                break;
            }

            path = link.Target + path[link.Path.Length..];
        }

        return path;
    }

    private static bool Leads(WorkTreeLink link, string path) =>
        path.StartsWith(link.Path, StringComparison.Ordinal) && (path.Length == link.Path.Length || path[link.Path.Length] == '/');
}
