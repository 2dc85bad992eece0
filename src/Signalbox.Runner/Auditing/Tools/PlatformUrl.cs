namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Tells what a request to the API of GitHub or GitLab does, from its method and path.</summary>
internal static class PlatformUrl
{
    private const string GitHubRoot = "repos";
    private const string GitLabRoot = "projects";

    /// <param name="path">Such as <c>/repos/o/r/issues/42/comments</c> or <c>projects/1/merge_requests/2/notes</c>, with or without query.</param>
    /// <returns>Null for a request that only reads.</returns>
    public static ToolTarget? Find(string method, string path, PlatformNames names)
    {
        if (method.ToUpperInvariant() is "GET" or "HEAD" or "OPTIONS")
        {
            return null;
        }

        var query = path.IndexOf('?', StringComparison.Ordinal);
        var parts = (query < 0 ? path : path[..query]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [GitHubRoot, var owner, var name, .. var rest] => OfGitHub(Repository(owner, name, names), rest, method) ?? Other(path),
            [GitLabRoot, var id, .. var rest] => OfGitLab(Uri.UnescapeDataString(id) is [':', ..] ? names.Repository(null) : Uri.UnescapeDataString(id), rest, method) ?? Other(path),
            _ => Other(path),
        };
    }

    private static string Repository(string owner, string name, PlatformNames names) =>
        owner is [':' or '{', ..] || name is [':' or '{', ..] ? names.Repository(null) : $"{owner}/{name}";

    private static ToolTarget Other(string path) => new("platform/call_api", "repository", path);

    private static ToolTarget? OfGitHub(string repository, string[] rest, string method) => rest switch
    {
        ["issues", var number, "comments"] => new("platform/post_comment", "comment", PlatformNames.Numbered(repository, number)),
        ["issues" or "pulls", "comments", var id] => Comment(method, $"{repository}#comment-{id}"),
        ["issues", var number, "labels", ..] => new("platform/set_label", "repository", PlatformNames.Numbered(repository, number)),
        ["issues"] => new("platform/create_issue", "repository", repository),
        ["issues", var number] => new("platform/update_issue", "repository", PlatformNames.Numbered(repository, number)),
        ["pulls"] => new("platform/create_pr", "pull_request", repository),
        ["pulls", var number] => new("platform/update_pr", "pull_request", PlatformNames.Numbered(repository, number)),
        ["pulls", var number, "merge"] => new("platform/merge_pr", "pull_request", PlatformNames.Numbered(repository, number)),
        ["pulls", var number, "comments", ..] => new("platform/post_comment", "comment", PlatformNames.Numbered(repository, number)),
        ["pulls", var number, "reviews", ..] => new("platform/review_pr", "pull_request", PlatformNames.Numbered(repository, number)),
        ["statuses", var commit] => new("platform/set_status", "commit", PlatformNames.Branch(repository, commit)),
        ["commits", var commit, "comments"] => new("platform/post_comment", "comment", PlatformNames.Branch(repository, commit)),
        ["check-runs", ..] => new("platform/set_status", "repository", repository),
        ["git", "refs", "tags", var tag] => new("platform/tag", "tag", PlatformNames.Branch(repository, tag)),
        ["git", "refs", ..] or ["contents", ..] or ["merges"] => new("platform/push", "branch", repository),
        ["releases", ..] => new("platform/create_release", "repository", repository),
        _ => null,
    };

    private static ToolTarget? OfGitLab(string project, string[] rest, string method) => rest switch
    {
        ["merge_requests"] => new("platform/create_pr", "pull_request", project),
        ["merge_requests", var number] => new("platform/update_pr", "pull_request", PlatformNames.Numbered(project, number, '!')),
        ["merge_requests", var number, "merge"] => new("platform/merge_pr", "pull_request", PlatformNames.Numbered(project, number, '!')),
        ["merge_requests", var number, "approve"] => new("platform/review_pr", "pull_request", PlatformNames.Numbered(project, number, '!')),
        ["merge_requests", var number, "notes" or "discussions", .. var more] => more.Length == 0
            ? new("platform/post_comment", "comment", PlatformNames.Numbered(project, number, '!'))
            : Comment(method, PlatformNames.Numbered(project, number, '!')),
        ["issues"] => new("platform/create_issue", "repository", project),
        ["issues", var number] => new("platform/update_issue", "repository", PlatformNames.Numbered(project, number)),
        ["issues", var number, "notes", .. var more] => more.Length == 0
            ? new("platform/post_comment", "comment", PlatformNames.Numbered(project, number))
            : Comment(method, PlatformNames.Numbered(project, number)),
        ["statuses", var commit] => new("platform/set_status", "commit", PlatformNames.Branch(project, commit)),
        ["repository", "tags", ..] => new("platform/tag", "tag", project),
        ["repository", ..] => new("platform/push", "branch", project),
        ["releases", ..] => new("platform/create_release", "repository", project),
        _ => null,
    };

    private static ToolTarget Comment(string method, string resource) =>
        new(string.Equals(method, "POST", StringComparison.OrdinalIgnoreCase) ? "platform/post_comment" : "platform/update_comment", "comment", resource);
}
