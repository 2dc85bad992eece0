namespace Signalbox.Runner.Policies;

/// <summary>The places that a path may mean, so that no way of writing it leads around a rule.</summary>
/// <remarks>
/// A program may take <c>..</c> out of a path by its text or leave it to the system, which follows links first; both are places here, and so is the place with
/// backslashes read as slashes, without the spaces around it, and with <c>~</c> read as the user's folder, as agents read them. A rule that denies must fit one of them, one that allows all of them.
/// </remarks>
/// <param name="linkTarget">What a path's last part links to, as written in the link; null for anything that is no link. Paths are absolute with <c>/</c>.</param>
/// <param name="home">The user's folder; null when it is not known.</param>
internal sealed class PolicyPath(string root, Func<string, string?> linkTarget, string? home = null)
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MaxLinks = 40;

    private const int MaxLength = 32_768;

    private readonly string _root = Lexical(Slashes(root));
    private readonly Lazy<string?> _realRoot = new(() => Real(Slashes(root), linkTarget));

    public static StringComparison Comparison => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Reads the links of this machine.</summary>
    public static PolicyPath OnDisk(string root) => new(Path.GetFullPath(root), static path =>
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What may not be looked at may not be followed by the agent either; as text it is a place all the same.
            return null;
        }
    }, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <param name="folder">Where a path that is not absolute is meant from.</param>
    /// <returns>Null when it is no path that a system takes, or its links lead in a circle.</returns>
    public IReadOnlyList<PolicyLocation>? Locations(string path, string folder)
    {
        if (path.Length is 0 or > MaxLength || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var places = new List<PolicyLocation>();
        foreach (var text in Readings(path))
        {
            var whole = IsAbsolute(text) ? text : Slashes(folder) + "/" + text;
            var lexical = Lexical(whole);
            Add(places, lexical);
            if (Real(whole, linkTarget) is not { } real || Real(lexical, linkTarget) is not { } other)
            {
                return null;
            }

            Add(places, real);
            Add(places, other);
        }

        return places;
    }

    private HashSet<string> Readings(string path)
    {
        var readings = new HashSet<string>(StringComparer.Ordinal) { path };
        if (path.Trim() is { Length: > 0 } trimmed)
        {
            readings.Add(trimmed);
            if (home is { Length: > 0 } && trimmed is ['~'] or ['~', '/' or '\\', ..])
            {
                readings.Add(home + trimmed[1..]);
            }
        }

        if (OperatingSystem.IsWindows())
        {
            return [.. readings.Select(Slashes)];
        }

        if (path.Contains('\\', StringComparison.Ordinal))
        {
            readings.UnionWith(readings.Select(static text => text.Replace('\\', '/')).ToList());
        }

        return readings;
    }

    internal static bool HasDrive(string text) => text is [_, ':', '/', ..] && char.IsAsciiLetter(text[0]);

    private static bool IsAbsolute(string text) => text.StartsWith('/') || HasDrive(text);

    /// <summary>On Windows also without the marks of device paths (<c>\\?\</c>), which name the same files, and of a drive whose folder is meant (<c>C:x</c>).</summary>
    private static string Slashes(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            return path;
        }

        var text = path.Replace('\\', '/');
        if (text.StartsWith("//?/", StringComparison.Ordinal) || text.StartsWith("//./", StringComparison.Ordinal))
        {
            text = text.StartsWith("//?/UNC/", StringComparison.OrdinalIgnoreCase) ? "//" + text[8..] : text[4..];
        }

        return text is [_, ':', not '/', ..] && char.IsAsciiLetter(text[0]) ? text[2..] : text;
    }

    private void Add(List<PolicyLocation> places, string whole)
    {
        var relative = Within(_root, whole) ?? (_realRoot.Value is { } real ? Within(real, whole) : null);
        if (!places.Exists(place => place.Absolute == whole))
        {
            places.Add(new PolicyLocation(whole, Segments(whole), relative is null ? null : Segments(relative)));
        }
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string? Within(string root, string whole)
    {
        if (whole.Equals(root, Comparison))
        {
            return string.Empty;
        }

        var start = root.EndsWith('/') ? root : root + "/";
        return whole.StartsWith(start, Comparison) ? whole[start.Length..] : null;
    }

    /// <summary>Takes <c>.</c>, <c>..</c> and doubled slashes out by the text alone.</summary>
    private static string Lexical(string path)
    {
        var drive = HasDrive(path) ? path[..2] : string.Empty;
        var parts = new List<string>();
        foreach (var part in Segments(path[drive.Length..]))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part != ".")
            {
                parts.Add(Name(part));
            }
        }

        return drive + "/" + string.Join('/', parts);
    }

    /// <summary>Follows links as the system does: <c>..</c> leads up from where a link has led. Parts that are not there yet stay as they are.</summary>
    private static string? Real(string path, Func<string, string?> linkTarget)
    {
        var drive = HasDrive(path) ? path[..2] : string.Empty;
        var rest = new Stack<string>(Segments(path[drive.Length..]).Reverse());
        var done = new List<string>();
        var links = 0;
        while (rest.TryPop(out var part))
        {
            if (part == ".")
            {
                continue;
            }

            if (part == "..")
            {
                if (done.Count > 0)
                {
                    done.RemoveAt(done.Count - 1);
                }

                continue;
            }

            done.Add(Name(part));
            if (linkTarget(drive + "/" + string.Join('/', done)) is not { Length: > 0 } target)
            {
                continue;
            }

            if (++links > MaxLinks || target.Length > MaxLength)
            {
                return null;
            }

            target = Slashes(target);
            done.RemoveAt(done.Count - 1);
            if (IsAbsolute(target))
            {
                done.Clear();
                drive = HasDrive(target) ? target[..2] : drive;
                target = HasDrive(target) ? target[2..] : target;
            }

            foreach (var segment in Segments(target).Reverse())
            {
                rest.Push(segment);
            }
        }

        return drive + "/" + string.Join('/', done);
    }

    /// <summary>On Windows a name loses the dots and spaces at its end, and what follows a colon is a stream of the same file.</summary>
    private static string Name(string part)
    {
        if (!OperatingSystem.IsWindows())
        {
            return part;
        }

        var colon = part.IndexOf(':', StringComparison.Ordinal);
        var name = (colon > 0 ? part[..colon] : part).TrimEnd('.', ' ');
        return name.Length == 0 ? part : name;
    }
}

/// <summary>One place that a path may mean.</summary>
/// <param name="Absolute">With <c>/</c>.</param>
/// <param name="Segments">Of <paramref name="Absolute"/>.</param>
/// <param name="Relative">Segments below the repository's root; null outside of it.</param>
internal sealed record PolicyLocation(string Absolute, string[] Segments, string[]? Relative);
