using Signalbox.Runner.Auditing.Shell;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>What a call of <c>git</c> writes, beside the work tree, which is compared.</summary>
internal static class GitCommand
{
    private static readonly string[] GlobalOptions = ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--super-prefix", "--config-env"];

    public static ToolTarget? Find(ShellCommand command, PlatformNames names)
    {
        var at = 0;
        while (at < command.Arguments.Count && command.Arguments[at].Text is ['-', ..] option)
        {
            at += GlobalOptions.Contains(option, StringComparer.Ordinal) ? 2 : 1;
        }

        if (at >= command.Arguments.Count)
        {
            return null;
        }

        // Large files, and the history of a folder, are pushed by commands of their own.
        if (command.Arguments[at].Text is "lfs" or "subtree" && at + 1 < command.Arguments.Count && command.Arguments[at + 1].Text == "push")
        {
            at++;
        }

        var rest = command.Arguments.Skip(at + 1);
        return command.Arguments[at].Text switch
        {
            "push" => Push(new ArgumentList(rest, "-o", "--push-option", "--receive-pack", "--exec", "--repo", "-P", "--prefix"), names),
            "commit" => Commit(new ArgumentList(rest, "-m", "--message", "-F", "--file", "-C", "-c", "--author", "--date", "-t", "--template", "--fixup", "--squash", "--trailer"), names),
            "tag" => Tag(new ArgumentList(rest, "-m", "--message", "-F", "--file", "-u", "--local-user", "--cleanup", "-n", "--sort", "--contains", "--points-at"), names),
            _ => null,
        };
    }

    private static ToolTarget? Push(ArgumentList arguments, PlatformNames names)
    {
        if (arguments.Has("-n", "--dry-run"))
        {
            return null;
        }

        var remote = arguments.At(0) ?? arguments.Value("--repo");
        var repository = remote is null or "origin" ? names.Repository(null) : names.Repository(remote);
        var references = arguments.Rest.Skip(1).Select(static word => Target(word.Text)).ToList();
        var isDeletion = arguments.Has("-d", "--delete") || arguments.Rest.Skip(1).Any(static word => word.Text is [':', _, ..]);
        var note = isDeletion ? "It deletes what it names." : arguments.Has("-f", "--force", "--force-with-lease", "--mirror") || arguments.Rest.Any(static word => word.Text is ['+', ..]) ? "It overwrites what is there." : null;
        var isTag = references.Count == 0 ? arguments.Has("--tags") : references.TrueForAll(static reference => reference.StartsWith("refs/tags/", StringComparison.Ordinal));
        return new ToolTarget("platform/push", isTag ? "tag" : "branch", PlatformNames.Branch(repository, string.Join(',', references)), note);
    }

    /// <summary>Where a refspec such as <c>+HEAD:refs/heads/main</c> goes to.</summary>
    private static string Target(string reference)
    {
        var text = reference.TrimStart('+');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        text = colon >= 0 && colon + 1 < text.Length ? text[(colon + 1)..] : text.TrimEnd(':');
        const string Heads = "refs/heads/";
        return text.StartsWith(Heads, StringComparison.Ordinal) ? text[Heads.Length..] : text;
    }

    private static ToolTarget? Commit(ArgumentList arguments, PlatformNames names) =>
        arguments.Has("--dry-run") ? null : new ToolTarget("tool_use/commit", "repository", names.Repository(null));

    private static ToolTarget? Tag(ArgumentList arguments, PlatformNames names) =>
        arguments.Has("-l", "--list", "-v", "--verify", "--contains", "--points-at", "-n") || arguments.At(0) is not { } tag
            ? null
            : new ToolTarget("tool_use/tag", "tag", PlatformNames.Branch(names.Repository(null), tag), arguments.Has("-d", "--delete") ? "It deletes what it names." : null);
}
