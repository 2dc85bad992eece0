namespace Signalbox.Runner.Platforms;

/// <summary>Addresses of repositories and runs: without credentials, and the repository's name in them.</summary>
internal static class RepositoryAddress
{
    private const string SchemeEnd = "://";

    /// <summary>Takes user and password out of an address with a scheme, and a password out of one as SSH takes it (<c>git@host:path</c> stays).</summary>
    public static string? WithoutCredentials(string? address)
    {
        if (address is null || !address.Contains('@', StringComparison.Ordinal))
        {
            return address;
        }

        var (start, end) = AuthorityOf(address);
        if (end < 0)
        {
            return WithoutPassword(address);
        }

        var at = address.LastIndexOf('@', end - 1, end - start);
        return at < 0 ? address : address[..start] + address[(at + 1)..];
    }

    /// <summary>A repository's address for people and records: no credentials, query, fragment, or <c>.git</c> of a web address.</summary>
    /// <remarks>
    /// People write these addresses, passwords with slashes and question marks included, which then read like a host, a port and a path: one with a colon in its authority
    /// and an <c>@</c> beyond it loses everything before that <c>@</c>.
    /// </remarks>
    public static string? OfRepository(string? address)
    {
        if (address is null)
        {
            return null;
        }

        var (start, authority) = AuthorityOf(address);
        var last = address.LastIndexOf('@');
        var clean = authority >= 0 && last >= authority && address.IndexOf(':', start, authority - start) >= 0 ? address[..start] + address[(last + 1)..] : WithoutCredentials(address)!;
        var end = clean.AsSpan().IndexOfAny('?', '#');
        clean = (end < 0 ? clean : clean[..end]).TrimEnd('/');
        return clean.StartsWith("http", StringComparison.OrdinalIgnoreCase) && clean.EndsWith(".git", StringComparison.Ordinal) ? clean[..^4] : clean.Length == 0 ? null : clean;
    }

    /// <summary><c>owner/name</c>, with all groups above; of a local path the last part only; null when there is none.</summary>
    public static string? NameIn(string? address)
    {
        if (OfRepository(address) is not { } clean)
        {
            return null;
        }

        var scheme = clean.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var isLocal = clean.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        string path;
        if (scheme >= 0)
        {
            var slash = clean.IndexOf('/', scheme + SchemeEnd.Length);
            path = slash < 0 ? string.Empty : clean[(slash + 1)..];
        }
        else
        {
            // C:\repositories\x has a colon too, but not after a host's name.
            var colon = clean.IndexOf(':', StringComparison.Ordinal);
            isLocal = colon <= 1;
            path = isLocal ? clean : clean[(colon + 1)..];
        }

        path = path.Replace('\\', '/').Trim('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4].TrimEnd('/') : path;
        path = isLocal ? path[(path.LastIndexOf('/') + 1)..] : path;
        return path.Length == 0 ? null : path;
    }

    /// <summary>Where host, port and credentials begin and end; an end of -1 without a scheme.</summary>
    private static (int Start, int End) AuthorityOf(string address)
    {
        var scheme = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (scheme < 0)
        {
            return (0, -1);
        }

        var start = scheme + SchemeEnd.Length;
        var length = address.AsSpan(start).IndexOfAny('/', '?', '#');
        return (start, length < 0 ? address.Length : start + length);
    }

    private static string WithoutPassword(string address)
    {
        var at = address.LastIndexOf('@');
        var user = address[..at];
        return user.AsSpan().ContainsAny(':', '/') ? address[(at + 1)..] : address;
    }
}
