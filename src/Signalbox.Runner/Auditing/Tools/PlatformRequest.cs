using Signalbox.Runner.Auditing.Shell;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>What a call of <c>curl</c> or <c>wget</c> writes to the code platform.</summary>
internal static class PlatformRequest
{
    private const string GraphQl = "graphql";

    private static readonly string[] Data = ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F", "--form", "--form-string"];

    private static readonly string[] CurlOptions =
    [
        .. Data, "-X", "--request", "-H", "--header", "-o", "--output", "-u", "--user", "-A", "--user-agent", "-T", "--upload-file", "--url", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry",
        "--retry-delay", "--retry-max-time", "-e", "--referer", "-b", "--cookie", "-c", "--cookie-jar", "--cacert", "--capath", "-E", "--cert", "--key", "-x", "--proxy", "-U", "--proxy-user", "-D", "--dump-header",
        "-K", "--config", "-C", "--continue-at", "-r", "--range", "-y", "--speed-time", "-Y", "--speed-limit", "-z", "--time-cond", "-Q", "--quote", "-P", "--ftp-port", "-t", "--telnet-option", "--resolve", "--connect-to",
        "--interface", "--limit-rate", "--max-redirs", "--oauth2-bearer", "--proto", "--stderr", "--trace", "--trace-ascii", "--unix-socket",
    ];

    private static readonly string[] WgetOptions =
    [
        "-O", "--output-document", "-o", "--output-file", "-a", "--append-output", "--header", "--method", "--body-data", "--body-file", "--post-data", "--post-file", "--user", "--password", "-U", "--user-agent", "-T",
        "--timeout", "-t", "--tries", "-P", "--directory-prefix", "-w", "--wait", "-e", "--execute",
    ];

    /// <returns>Null when the request reads, or goes to no API of a code platform.</returns>
    public static ToolTarget? FindCurl(ShellCommand command, PlatformNames names)
    {
        var arguments = new ArgumentList(command.Arguments, CurlOptions);
        if (PathIn(arguments.Values("--url").Concat(arguments.Rest.Select(static word => word.Text))) is not { } path)
        {
            return null;
        }

        var method = arguments.Value("-X", "--request")
            ?? (arguments.Has(Data) && !arguments.Has("-G", "--get") ? "POST" : arguments.Has("-T", "--upload-file") ? "PUT" : "GET");
        return Find(method, path, arguments.Values(Data), names);
    }

    /// <returns>Null when the request reads, or goes to no API of a code platform.</returns>
    public static ToolTarget? FindWget(ShellCommand command, PlatformNames names)
    {
        var arguments = new ArgumentList(command.Arguments, WgetOptions);
        if (PathIn(arguments.Rest.Select(static word => word.Text)) is not { } path)
        {
            return null;
        }

        var method = arguments.Value("--method") ?? (arguments.Has("--post-data", "--post-file") ? "POST" : "GET");
        return Find(method, path, [.. arguments.Values("--post-data", "--body-data"), .. arguments.Values("--post-file", "--body-file").Select(static file => "@" + file)], names);
    }

    /// <summary>Whether a GraphQL request with these bodies or fields may change something: one does when it holds a mutation, or when its text stands in a file.</summary>
    public static bool MayChange(IReadOnlyList<string> fields) =>
        fields.Any(static field => field.Contains("mutation", StringComparison.OrdinalIgnoreCase) || field is ['@', ..] || field.StartsWith("query=@", StringComparison.Ordinal));

    /// <summary>The path behind the root of GitHub's or GitLab's API; null for any other address.</summary>
    public static string? PathOf(string address)
    {
        ReadOnlySpan<string> hosts = ["api.github.com", "uploads.github.com"];
        foreach (var host in hosts)
        {
            var at = address.IndexOf(host, StringComparison.OrdinalIgnoreCase);
            var slash = at < 0 ? -1 : address.IndexOf('/', at);
            if (slash > 0 && (slash == at + host.Length || address[at + host.Length] == ':'))
            {
                return address[(slash + 1)..];
            }
        }

        ReadOnlySpan<string> roots = ["/api/v3/", "/api/v4/", "/api/uploads/"];
        foreach (var root in roots)
        {
            var at = address.IndexOf(root, StringComparison.Ordinal);
            if (at >= 0)
            {
                return address[(at + root.Length)..];
            }
        }

        return address.Contains("/api/" + GraphQl, StringComparison.Ordinal) ? GraphQl : null;
    }

    private static string? PathIn(IEnumerable<string> addresses) => addresses.Select(PathOf).FirstOrDefault(static path => path is not null);

    private static ToolTarget? Find(string method, string path, IEnumerable<string> bodies, PlatformNames names)
    {
        var isGraphQl = path.TrimEnd('/') == GraphQl;
        return isGraphQl && !MayChange([.. bodies]) ? null : PlatformUrl.Find(method, path, names);
    }
}
