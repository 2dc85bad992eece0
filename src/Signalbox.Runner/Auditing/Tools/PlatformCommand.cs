using Signalbox.Runner.Auditing.Shell;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>What a call of <c>gh</c> or <c>glab</c> writes to the code platform.</summary>
internal static class PlatformCommand
{
    private static readonly string[] Options =
    [
        "-R", "--repo", "-b", "--body", "--body-file", "-F", "-t", "--title", "-B", "--base", "-H", "--head", "-l", "--label", "-a", "--assignee", "-r", "--reviewer", "-m", "--message", "--milestone", "-p", "--project",
        "--subject", "-c", "--comment", "--add-label", "--remove-label", "-s", "--source-branch", "--target-branch", "--notes", "-n", "--notes-file", "--description", "-d", "--ref", "-f", "--reason", "--sha",
        "--match-head-commit", "--author-email",
    ];

    private static readonly string[] ApiOptions = ["-X", "--method", "-f", "--raw-field", "-F", "--field", "--form", "-H", "--header", "--input", "-q", "--jq", "-t", "--template", "--hostname", "--cache", "-p", "--preview"];

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
        [("repo", "unarchive")] = ("update_repository", "repository"),
        [("repo", "sync")] = ("push", "branch"),
        [("repo", "deploy-key add")] = ("update_repository", "repository"),
        [("repo", "deploy-key delete")] = ("update_repository", "repository"),
        [("repo", "autolink create")] = ("update_repository", "repository"),
        [("repo", "autolink delete")] = ("update_repository", "repository"),
        [("repo", "transfer")] = ("update_repository", "repository"),
        [("issue", "pin")] = ("update_issue", "repository"),
        [("issue", "unpin")] = ("update_issue", "repository"),
        [("issue", "develop")] = ("create_branch", "repository"),
        [("pr", "revert")] = ("create_pr", "pull_request"),
        [("release", "delete-asset")] = ("update_release", "repository"),
        [("label", "clone")] = ("set_label", "repository"),
        [("secret", "remove")] = ("set_secret", "repository"),
        [("variable", "remove")] = ("set_variable", "repository"),
        [("gist", "rename")] = ("update_gist", "repository"),
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
        if (arguments.At(0) is not { } named || VerbOf(arguments) is not { } verb || arguments.Has("--help", "--dry-run", "--list") || !Table.TryGetValue((GroupOf(command.Program, named), verb), out var entry))
        {
            return null;
        }

        arguments = new ArgumentList(command.Arguments, [.. Options.Except(FlagsOf(command.Program, verb), StringComparer.Ordinal)]);
        var repository = names.Repository(arguments.Value("-R", "--repo"));
        var creates = entry.Action is "create_pr" or "create_issue";
        var reference = creates || verb.Contains(' ', StringComparison.Ordinal) ? null : arguments.At(2);
        if (verb == "sync" && reference is null)
        {
            // The clone on this machine follows the platform, not the other way round.
            return null;
        }

        var resource = named switch
        {
            "pr" or "mr" or "issue" => Referred(repository, reference, command.Program == "glab" && named == "mr" ? '!' : '#'),
            "repo" or "project" => reference is null ? repository : names.Repository(reference),
            _ => PlatformNames.Branch(repository, reference),
        };
        return new ToolTarget("platform/" + entry.Action, entry.ResourceType, resource);
    }

    private static string? VerbOf(ArgumentList arguments) => arguments.At(1) is "deploy-key" or "autolink" ? $"{arguments.At(1)} {arguments.At(2)}" : arguments.At(1);

    private static string GroupOf(string program, string group) => group switch
    {
        "mr" => "pr",
        "pipeline" or "pipe" when program == "glab" => "ci",
        "project" when program == "glab" => "repo",
        _ => group,
    };

    /// <summary>Options that take no value with this verb, though they do with others: <c>gh pr merge -m 42</c>.</summary>
    private static string[] FlagsOf(string program, string verb) => (program, verb) switch
    {
        ("gh", "merge") => ["-m", "-r", "-s", "-d"],
        ("glab", "merge" or "accept") => ["-r", "-s", "-d"],
        ("gh", "review") => ["-a", "-c", "-r"],
        ("gh", "close") => ["-d"],
        ("gh", "create") => ["-d", "-p"],
        ("gh", "rerun") => ["-d"],
        _ => [],
    };

    private static ToolTarget? Api(ArgumentList arguments, PlatformNames names)
    {
        if (arguments.At(0) is not { } path)
        {
            return null;
        }

        var hasFields = arguments.Has("-f", "--raw-field", "-F", "--field", "--form", "--input");
        var method = arguments.Value("-X", "--method") ?? (hasFields ? "POST" : "GET");
        if (path == "graphql" && !PlatformRequest.MayChange([.. arguments.Values("-f", "--raw-field", "-F", "--field"), .. arguments.Has("--input") ? ["@"] : Array.Empty<string>()]))
        {
            return null;
        }

        return PlatformUrl.Find(path == "graphql" ? "POST" : method, PlatformRequest.PathOf(path) ?? path, names);
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
}
