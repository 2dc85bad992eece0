using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Which tools of MCP servers write to the code platform, and which only read.</summary>
internal static class McpTools
{
    public const string Prefix = "mcp__";

    /// <summary>Names of tools of GitHub's and GitLab's servers. The kind says what the resource is made of.</summary>
    private static readonly Dictionary<string, (string Action, Kind Kind)> Table = new(StringComparer.Ordinal)
    {
        ["add_issue_comment"] = ("post_comment", Kind.Comment),
        ["create_issue_comment"] = ("post_comment", Kind.Comment),
        ["add_pull_request_review_comment"] = ("post_comment", Kind.Comment),
        ["add_pull_request_review_comment_to_pending_review"] = ("post_comment", Kind.Comment),
        ["add_comment_to_pending_review"] = ("post_comment", Kind.Comment),
        ["add_reply_to_pull_request_comment"] = ("post_comment", Kind.Comment),
        ["reply_to_comment"] = ("post_comment", Kind.Comment),
        ["create_note"] = ("post_comment", Kind.Comment),
        ["create_issue_note"] = ("post_comment", Kind.Comment),
        ["create_merge_request_note"] = ("post_comment", Kind.Comment),
        ["create_merge_request_thread"] = ("post_comment", Kind.Comment),
        ["update_issue_comment"] = ("update_comment", Kind.Comment),
        ["update_issue_note"] = ("update_comment", Kind.Comment),
        ["update_merge_request_note"] = ("update_comment", Kind.Comment),
        ["update_claude_comment"] = ("update_comment", Kind.Comment),
        ["create_inline_comment"] = ("post_comment", Kind.Comment),
        ["create_pull_request"] = ("create_pr", Kind.Request),
        ["create_pull_request_with_copilot"] = ("create_pr", Kind.Request),
        ["create_merge_request"] = ("create_pr", Kind.Request),
        ["update_pull_request"] = ("update_pr", Kind.Request),
        ["update_pull_request_branch"] = ("update_pr", Kind.Request),
        ["update_merge_request"] = ("update_pr", Kind.Request),
        ["merge_pull_request"] = ("merge_pr", Kind.Request),
        ["merge_merge_request"] = ("merge_pr", Kind.Request),
        ["accept_merge_request"] = ("merge_pr", Kind.Request),
        ["close_pull_request"] = ("close_pr", Kind.Request),
        ["close_merge_request"] = ("close_pr", Kind.Request),
        ["create_pull_request_review"] = ("review_pr", Kind.Request),
        ["create_and_submit_pull_request_review"] = ("review_pr", Kind.Request),
        ["create_pending_pull_request_review"] = ("review_pr", Kind.Request),
        ["submit_pending_pull_request_review"] = ("review_pr", Kind.Request),
        ["pull_request_review_write"] = ("review_pr", Kind.Request),
        ["approve_merge_request"] = ("review_pr", Kind.Request),
        ["request_copilot_review"] = ("update_pr", Kind.Request),
        ["push_files"] = ("push", Kind.Branch),
        ["create_or_update_file"] = ("push", Kind.Branch),
        ["delete_file"] = ("push", Kind.Branch),
        ["commit_files"] = ("push", Kind.Branch),
        ["create_branch"] = ("create_branch", Kind.Branch),
        ["delete_branch"] = ("delete_branch", Kind.Branch),
        ["create_tag"] = ("tag", Kind.Repository),
        ["create_release"] = ("create_release", Kind.Repository),
        ["create_issue"] = ("create_issue", Kind.Issue),
        ["update_issue"] = ("update_issue", Kind.Issue),
        ["issue_write"] = ("update_issue", Kind.Issue),
        ["sub_issue_write"] = ("update_issue", Kind.Issue),
        ["close_issue"] = ("close_issue", Kind.Issue),
        ["add_labels"] = ("set_label", Kind.Issue),
        ["add_labels_to_issue"] = ("set_label", Kind.Issue),
        ["create_label"] = ("set_label", Kind.Repository),
        ["create_repository"] = ("create_repository", Kind.Repository),
        ["fork_repository"] = ("create_repository", Kind.Repository),
        ["run_workflow"] = ("run_workflow", Kind.Repository),
        ["rerun_workflow_run"] = ("run_workflow", Kind.Repository),
        ["cancel_workflow_run"] = ("cancel_workflow", Kind.Repository),
        ["create_pipeline"] = ("run_workflow", Kind.Repository),
        ["retry_pipeline"] = ("run_workflow", Kind.Repository),
        ["cancel_pipeline"] = ("cancel_workflow", Kind.Repository),
        ["create_commit_status"] = ("set_status", Kind.Repository),
    };

    /// <summary>First words of tools that change nothing.</summary>
    private static readonly HashSet<string> Reading = new(StringComparer.Ordinal)
    {
        "get", "list", "search", "read", "fetch", "find", "describe", "view", "show", "download", "check", "count", "status", "diff", "compare", "lookup", "browse", "inspect", "explain",
        "resolve", "whoami", "ping", "help", "is", "has", "validate", "lint", "preview",
    };

    /// <summary>Words of tools that change something whatever their first word is: <c>get_or_create_label</c>, <c>search_and_replace</c>.</summary>
    private static readonly HashSet<string> Writing = new(StringComparer.Ordinal)
    {
        "write", "edit", "create", "update", "upsert", "delete", "remove", "replace", "insert", "append", "rename", "execute", "exec", "upload", "save", "publish", "modify", "apply", "send", "drop", "overwrite",
        "thread", "discussion", "conversation",
    };

    private enum Kind
    {
        Comment,
        Request,
        Branch,
        Issue,
        Repository,
    }

    /// <returns>Null when it is no tool of an MCP server, or one that only reads by its name.</returns>
    public static ToolTarget? Find(ToolCalled call, PlatformNames names)
    {
        if (Parts(call.Name) is not var (server, tool))
        {
            return null;
        }

        var isPlatform = server.Contains("github", StringComparison.OrdinalIgnoreCase) || server.Contains("gitlab", StringComparison.OrdinalIgnoreCase);
        if (isPlatform && Table.TryGetValue(tool, out var entry))
        {
            return OfPlatform(entry.Action, entry.Kind, call.Input, names);
        }

        return Reads(tool) ? null : new ToolTarget("tool_use/mcp", "tool", call.Name);
    }

    private static (string Server, string Tool)? Parts(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = name[Prefix.Length..];
        var end = rest.LastIndexOf("__", StringComparison.Ordinal);
        return end <= 0 ? null : (rest[..end], rest[(end + 2)..]);
    }

    /// <summary>A thread, a discussion or a conversation is only read by what gets or lists it: others resolve it.</summary>
    private static bool Reads(string tool)
    {
        var words = Words(tool);
        return words is [var first, .. var others] && Reading.Contains(first) && !others.Exists(word => Writing.Contains(word) && !(word is "thread" or "discussion" or "conversation" && first is not "resolve"));
    }

    /// <summary>Words of a name such as <c>list_files</c>, <c>list-files</c> or <c>listFiles</c>, in lower case.</summary>
    private static List<string> Words(string tool)
    {
        var (words, start) = (new List<string>(), 0);
        for (var at = 1; at <= tool.Length; at++)
        {
            if (at == tool.Length || tool[at] is '_' or '-' || (char.IsAsciiLetterUpper(tool[at]) && !char.IsAsciiLetterUpper(tool[at - 1])))
            {
                if (tool[start..at].Trim('_', '-') is { Length: > 0 } word)
                {
                    words.Add(word.ToLowerInvariant());
                }

                start = at;
            }
        }

        return words;
    }

    private static ToolTarget OfPlatform(string action, Kind kind, JsonElement input, PlatformNames names)
    {
        var repository = names.Repository(
            ToolInput.Text(input, "owner", "namespace"),
            ToolInput.Text(input, "repo", "repository", "project_id", "projectId", "project"));
        var number = ToolInput.Text(input, "pull_number", "pullNumber", "merge_request_iid", "mergeRequestIid", "issue_number", "issueNumber", "issue_iid", "noteable_iid", "number", "iid");
        var mark = ToolInput.Find(input, "merge_request_iid") is null && ToolInput.Find(input, "mergeRequestIid") is null ? '#' : '!';
        var isClosing = ToolInput.Text(input, "state", "state_event") is "closed" or "close";
        return kind switch
        {
            Kind.Comment => new("platform/" + action, "comment", PlatformNames.Numbered(repository, number, mark)),
            Kind.Request => new(isClosing && action == "update_pr" ? "platform/close_pr" : "platform/" + action, "pull_request", PlatformNames.Numbered(repository, number, mark)),
            Kind.Branch => new("platform/" + action, "branch", PlatformNames.Branch(repository, ToolInput.Text(input, "branch", "branch_name", "branchName"))),
            Kind.Issue => new(IssueAction(action, isClosing, number), "repository", PlatformNames.Numbered(repository, number)),
            _ => new("platform/" + action, "repository", PlatformNames.Branch(repository, ToolInput.Text(input, "tag", "tag_name", "ref"))),
        };
    }

    private static string IssueAction(string action, bool isClosing, string? number) => action switch
    {
        "update_issue" when isClosing => "platform/close_issue",
        "update_issue" when number is null => "platform/create_issue",
        _ => "platform/" + action,
    };
}
