namespace Signalbox.Runner.Processes.Linux;

/// <summary>Finds the folder of the cgroup, version 2, that this process is in.</summary>
/// <remarks>Source: https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v2.html and https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html</remarks>
internal static class CgroupPlace
{
    /// <param name="mounts">Content of <c>/proc/self/mountinfo</c>.</param>
    /// <param name="membership">Content of <c>/proc/self/cgroup</c>.</param>
    /// <returns>Null when there is no such file system, or this process's cgroup is outside what is mounted of it.</returns>
    public static string? Find(string mounts, string membership)
    {
        var path = membership.Split('\n').FirstOrDefault(static line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..];
        if (path is null || path.StartsWith("/..", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var line in mounts.Split('\n'))
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (dash < 6 || fields.Length <= dash + 1 || fields[dash + 1] != "cgroup2")
            {
                continue;
            }

            var root = Unescape(fields[3]);
            if (root == "/" || path == root || path.StartsWith(root + "/", StringComparison.Ordinal))
            {
                var within = root == "/" ? path : path[root.Length..];
                return within is "" or "/" ? Unescape(fields[4]) : Unescape(fields[4]).TrimEnd('/') + within;
            }
        }

        return null;
    }

    /// <summary>The kernel writes spaces, tabs, line feeds and backslashes as three octal digits.</summary>
    private static string Unescape(string text) =>
        text.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal).Replace("\\012", "\n", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
}
