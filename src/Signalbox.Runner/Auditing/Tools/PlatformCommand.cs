using Signalbox.Runner.Auditing.Shell;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>What a call of <c>gh</c>, <c>glab</c> or <c>curl</c> writes to the code platform.</summary>
internal static class PlatformCommand
{
    private static readonly string[] Options =
    [
        "-R", "--repo", "-b", "--body", "--body-file", "-F", "-t", "--title", "-B", "--base", "-H", "--head", "-l", "--label", "-a", "--assignee", "-r", "--reviewer", "-m", "--message", "--milestone", "-p", "--project",
        "--subject", "-c", "--comment", "--add-label", "--remove-label", "-s", "--source-branch", "--target-branch", "--notes", "-n", "--notes-file", "--description", "-d", "--ref", "-f", "--reason", "--sha",
        "--match-head-commit", "--author-email",
    ];

    private static readonly string[] ApiOptions = ["-X", "--method", "-f", "--raw-field", "-F", "--field", "--form", "-H", "--header", "--input", "-q", "--jq", "-t", "--template", "--hostname", "--cache", "-p", "--preview"];

    private static readonly string[] CurlOptions =
    [
        "-X", "--request", "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F", "--form", "-H", "--header", "-o", "--output", "-u", "--user", "-A", "--user-agent", "-T",
        "--upload-file", "--url", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry", "-e", "--referer", "-b", "--cookie", "-c", "--cookie-jar", "--cacert", "-x", "--proxy",
    ];

    /// <summary>Group and verb of <c>gh</c> and <c>glab</c>, with action and kind of resource. What is not here only reads, or changes only this machine.</summary>
    private static readonly Dictionary<(string Group, string Verb), (string Action, string ResourceType)> Table = new()
    {
        [("pr", "merge")] = ("merge_pr", "pull_request"),
        [("pr", "comment")] = ("post_comment", "comment"),
        [("pr", "note")] = ("post_comment", "comment"),
        [("pr", "create")] = ("create_pr", "pull_request"),
        [("pr", "new")] = ("create_pr", "pull_request"),
        [("pr", "for")] = ("create_pr", "pull_request"),
        [("pr", "review")] = ("review_pr", "pull_request"),
        [("pr", "approve")] = ("review_pr", "pull_request"),
        [("pr", "revoke")] = ("review_pr", "pull_request"),
        [("pr", "close")] = ("close_pr", "pull_request"),
        [("pr", "delete")] = ("close_pr", "pull_request"),
        [("pr", "edit")] = ("update_pr", "pull_request"),
        [("pr", "update")] = ("update_pr", "pull_request"),
        [("pr", "update-branch")] = ("update_pr", "pull_request"),
        [("pr", "ready")] = ("update_pr", "pull_request"),
        [("pr", "reopen")] = ("update_pr", "pull_request"),
        [("pr", "rebase")] = ("update_pr", "pull_request"),
        [("pr", "lock")] = ("update_pr", "pull_request"),
        [("pr", "unlock")] = ("update_pr", "pull_request"),
        [("pr", "accept")] = ("merge_pr", "pull_request"),
        [("issue", "comment")] = ("post_comment", "comment"),
        [("issue", "note")] = ("post_comment", "comment"),
        [("issue", "create")] = ("create_issue", "repository"),
        [("issue", "new")] = ("create_issue", "repository"),
        [("issue", "close")] = ("close_issue", "repository"),
        [("issue", "edit")] = ("update_issue", "repository"),
        [("issue", "update")] = ("update_issue", "repository"),
        [("issue", "reopen")] = ("update_issue", "repository"),
        [("issue", "delete")] = ("delete_issue", "repository"),
        [("issue", "transfer")] = ("update_issue", "repository"),
        [("issue", "lock")] = ("update_issue", "repository"),
        [("issue", "unlock")] = ("update_issue", "repository"),
        [("release", "create")] = ("create_release", "repository"),
        [("release", "edit")] = ("update_release", "repository"),
        [("release", "upload")] = ("update_release", "repository"),
        [("release", "delete")] = ("delete_release", "repository"),
        [("label", "create")] = ("set_label", "repository"),
        [("label", "edit")] = ("set_label", "repository"),
        [("label", "delete")] = ("set_label", "repository"),
        [("repo", "create")] = ("create_repository", "repository"),
        [("repo", "fork")] = ("create_repository", "repository"),
        [("repo", "edit")] = ("update_repository", "repository"),
        [("repo", "rename")] = ("update_repository", "repository"),
        [("repo", "archive")] = ("update_repository", "repository"),
        [("repo", "delete")] = ("delete_repository", "repository"),
        [("workflow", "run")] = ("run_workflow", "repository"),
        [("workflow", "enable")] = ("update_workflow", "repository"),
        [("workflow", "disable")] = ("update_workflow", "repository"),
        [("run", "rerun")] = ("run_workflow", "repository"),
        [("run", "cancel")] = ("cancel_workflow", "repository"),
        [("run", "delete")] = ("update_workflow", "repository"),
        [("ci", "run")] = ("run_workflow", "repository"),
        [("ci", "retry")] = ("run_workflow", "repository"),
        [("ci", "trigger")] = ("run_workflow", "repository"),
        [("ci", "cancel")] = ("cancel_workflow", "repository"),
        [("ci", "delete")] = ("update_workflow", "repository"),
        [("secret", "set")] = ("set_secret", "repository"),
        [("secret", "delete")] = ("set_secret", "repository"),
        [("variable", "set")] = ("set_variable", "repository"),
        [("variable", "update")] = ("set_variable", "repository"),
        [("variable", "delete")] = ("set_variable", "repository"),
        [("gist", "create")] = ("create_gist", "repository"),
        [("gist", "edit")] = ("update_gist", "repository"),
        [("gist", "delete")] = ("update_gist", "repository"),
    };

    /// <param name="command">Of <c>gh</c> or <c>glab</c>.</param>
    public static ToolTarget? Find(ShellCommand command, PlatformNames names)
    {
        var group = command.Arguments.Count > 0 ? command.Arguments[0].Text : string.Empty;
        if (group == "api")
        {
            return Api(new ArgumentList(command.Arguments.Skip(1), ApiOptions), names);
        }

        var arguments = new ArgumentList(command.Arguments, Options);
        if (arguments.At(0) is not { } named || arguments.At(1) is not { } verb || arguments.Has("--help", "--dry-run") || !Table.TryGetValue((named == "mr" ? "pr" : named, verb), out var entry))
        {
            return null;
        }

        var repository = names.Repository(arguments.Value("-R", "--repo"));
        var creates = entry.Action is "create_pr" or "create_issue";
        var reference = creates ? null : arguments.At(2);
        var resource = named switch
        {
            "pr" or "mr" or "issue" => Referred(repository, reference, command.Program == "glab" && named == "mr" ? '!' : '#'),
            "repo" => reference is null ? repository : names.Repository(reference),
            _ => PlatformNames.Branch(repository, reference),
        };
        return new ToolTarget("platform/" + entry.Action, entry.ResourceType, resource);
    }

    /// <returns>Null when the request reads, or goes to no API of a code platform.</returns>
    public static ToolTarget? FindCurl(ShellCommand command, PlatformNames names)
    {
        var arguments = new ArgumentList(command.Arguments, CurlOptions);
        if ((arguments.Value("--url") ?? arguments.Rest.Select(static word => word.Text).FirstOrDefault(static text => text.Contains('/', StringComparison.Ordinal))) is not { } address)
        {
            return null;
        }

        var method = arguments.Value("-X", "--request")
            ?? (arguments.Has("-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F", "--form") && !arguments.Has("-G", "--get") ? "POST"
                : arguments.Has("-T", "--upload-file") ? "PUT" : "GET");
        return PathOf(address) is { } path ? PlatformUrl.Find(method, path, names) : null;
    }

    private static ToolTarget? Api(ArgumentList arguments, PlatformNames names)
    {
        if (arguments.At(0) is not { } path)
        {
            return null;
        }

        var hasFields = arguments.Has("-f", "--raw-field", "-F", "--field", "--form", "--input");
        var method = arguments.Value("-X", "--method") ?? (hasFields ? "POST" : "GET");
        if (path == "graphql")
        {
            var fields = string.Concat(arguments.Value("-f", "--raw-field"), arguments.Value("-F", "--field"));
            return fields.Contains("mutation", StringComparison.Ordinal) ? new ToolTarget("platform/call_api", "repository", "graphql") : null;
        }

        return PlatformUrl.Find(method, PathOf(path) ?? path, names);
    }

    private static string Referred(string repository, string? reference, char mark)
    {
        if (reference is null || !Uri.TryCreate(reference, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return reference is null || IsNumber(reference) ? PlatformNames.Numbered(repository, reference, mark) : PlatformNames.Branch(repository, reference);
        }

        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != "-").ToList();
        return parts.Count >= 4 ? PlatformNames.Numbered(string.Join('/', parts[..^2]), parts[^1], mark) : reference;
    }

    private static bool IsNumber(string text) => text.TrimStart('#', '!') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    /// <summary>The path behind the root of GitHub's or GitLab's API; null for any other address.</summary>
    private static string? PathOf(string address)
    {
        string[] roots = ["api.github.com/", "/api/v3/", "/api/v4/"];
        foreach (var root in roots)
        {
            var at = address.IndexOf(root, StringComparison.Ordinal);
            if (at >= 0)
            {
                return address[(at + root.Length)..];
            }
        }

        return null;
    }
}
