namespace Signalbox.Runner.WorkTree;

/// <summary>Lists the files of a folder where there is no git.</summary>
internal static class FileList
{
    private const int MaxDepth = 256;

    /// <summary>A folder that has not been read yet.</summary>
    private sealed record Folder(string Path, int Depth);

    /// <param name="skip">Told of each path relative to the root, a folder's with <c>/</c> at its end.</param>
    /// <returns>In ordinal order, links among them, and how many folders could not be read.</returns>
    public static (List<string> Paths, long Unread) Of(string root, Func<string, bool> skip)
    {
        var (paths, unread) = (new List<string>(), 0L);
        var open = new Stack<Folder>();
        open.Push(new Folder(string.Empty, 0));
        while (open.TryPop(out var folder))
        {
            try
            {
                foreach (var entry in new DirectoryInfo(Path.Combine(root, folder.Path)).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
                {
                    var isFolder = entry is DirectoryInfo && (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.None;
                    var path = folder.Path + entry.Name + (isFolder ? "/" : string.Empty);
                    if (skip(path))
                    {
                        continue;
                    }

                    if (!isFolder)
                    {
                        paths.Add(path);
                    }
                    else if (folder.Depth < MaxDepth)
                    {
                        open.Push(new Folder(path, folder.Depth + 1));
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unread++;
            }
        }

        paths.Sort(StringComparer.Ordinal);
        return (paths, unread);
    }
}
