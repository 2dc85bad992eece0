using Signalbox.Runner.Auditing;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

public sealed class ToolTableTests
{
    [Theory]
    [InlineData("Edit", """{"file_path":"/code/repo/a/b.cs"}""", "tool_use/edit_file file a/b.cs")]
    [InlineData("Edit", """{"file_path":"/code/repo/a/../b.cs"}""", "tool_use/edit_file file b.cs")]
    [InlineData("Edit", """{"file_path":"./b.cs"}""", "tool_use/edit_file file b.cs")]
    [InlineData("Write", """{"file_path":"/etc/passwd"}""", "tool_use/edit_file file /etc/passwd")]
    [InlineData("Write", """{"file_path":"../other/x"}""", "tool_use/edit_file file /code/other/x")]
    [InlineData("Write", """{"file_path":"/code/repository/x"}""", "tool_use/edit_file file /code/repository/x")]
    [InlineData("MultiEdit", """{"file_path":"a.txt","edits":[]}""", "tool_use/edit_file file a.txt")]
    [InlineData("NotebookEdit", """{"notebook_path":"/code/repo/n.ipynb"}""", "tool_use/edit_file file n.ipynb")]
    [InlineData("Edit", "{}", "tool_use/edit_file file Edit")]
    [InlineData("Edit", "[1]", "tool_use/edit_file file Edit")]
    [InlineData("Read", """{"file_path":"a"}""", "")]
    [InlineData("Task", """{"prompt":"edit"}""", "")]
    [InlineData("mcp__github__add_issue_comment", """{"owner":"o","repo":"r","issue_number":42,"body":"hi"}""", "platform/post_comment comment o/r#42")]
    [InlineData("mcp__github__merge_pull_request", """{"owner":"o","repo":"r","pullNumber":7}""", "platform/merge_pr pull_request o/r#7")]
    [InlineData("mcp__github__update_pull_request", """{"owner":"o","repo":"r","pullNumber":7,"state":"closed"}""", "platform/close_pr pull_request o/r#7")]
    [InlineData("mcp__github__push_files", """{"owner":"o","repo":"r","branch":"main"}""", "platform/push branch o/r@main")]
    [InlineData("mcp__github__create_pull_request", """{"owner":"o","repo":"r"}""", "platform/create_pr pull_request o/r")]
    [InlineData("mcp__github__update_issue", """{"issue_number":3,"state":"closed"}""", "platform/close_issue repository acme/shop#3")]
    [InlineData("mcp__gitlab__create_merge_request_note", """{"project_id":"g/p","merge_request_iid":5}""", "platform/post_comment comment g/p!5")]
    [InlineData("mcp__github__get_issue", """{"owner":"o"}""", "")]
    [InlineData("mcp__files__listFolder", "{}", "")]
    [InlineData("mcp__files__read_and_delete", "{}", "tool_use/mcp tool mcp__files__read_and_delete")]
    [InlineData("mcp__files__searchAndReplace", "{}", "tool_use/mcp tool mcp__files__searchAndReplace")]
    [InlineData("mcp__db__query", "{}", "tool_use/mcp tool mcp__db__query")]
    [InlineData("mcp__github__resolve_review_thread", "{}", "tool_use/mcp tool mcp__github__resolve_review_thread")]
    [InlineData("mcp__github__get_review_thread", "{}", "")]
    [InlineData("mcp__context7__resolve-library-id", "{}", "")]
    [InlineData("mcp__github__list_commits", "{}", "")]
    [InlineData("mcp__x__GET", "{}", "")]
    [InlineData("mcp__tickets__delete_ticket", "{}", "tool_use/mcp tool mcp__tickets__delete_ticket")]
    public void KnowsWhatToolsDo(string tool, string input, string expected) => Assert.Equal(expected, Writes(tool, input));

    [Theory]
    [InlineData("git push", "platform/push branch acme/shop")]
    [InlineData("git -C sub -c a=b push -f origin feature", "platform/push branch acme/shop@feature")]
    [InlineData("git push https://user:pw@github.com/o/r.git +HEAD:refs/heads/main", "platform/push branch o/r@main")]
    [InlineData("git push git@github.com:o/r.git v1", "platform/push branch o/r@v1")]
    [InlineData("git push origin --tags", "platform/push tag acme/shop")]
    [InlineData("git push --dry-run", "")]
    [InlineData("git commit -am 'git push'", "tool_use/commit repository acme/shop")]
    [InlineData("git tag -l", "")]
    [InlineData("git tag v1.2", "tool_use/tag tag acme/shop@v1.2")]
    [InlineData("git status", "")]
    [InlineData("echo \"git push\"", "")]
    [InlineData("echo 'x && git push'", "")]
    [InlineData("# git push", "")]
    [InlineData("cat <<EOF\ngit push\nEOF\ngit status", "")]
    [InlineData("cat <<'EOF' && git push\ngit commit\nEOF", "platform/push branch acme/shop")]
    [InlineData("cd x && FOO=1 env BAR=2 git push", "platform/push branch acme/shop")]
    [InlineData("sudo -u me /usr/bin/git push", "platform/push branch acme/shop")]
    [InlineData("timeout 5m git push; true", "platform/push branch acme/shop")]
    [InlineData("if git diff; then git push; fi", "platform/push branch acme/shop")]
    [InlineData("(git push)", "platform/push branch acme/shop")]
    [InlineData("echo $(git push)", "platform/push branch acme/shop")]
    [InlineData("echo \"`git push`\"", "platform/push branch acme/shop")]
    [InlineData("bash -lc 'git push origin main'", "platform/push branch acme/shop@main")]
    [InlineData("sh script.sh -c 'git push'", "")]
    [InlineData("git push 2>&1 | tee log", "platform/push branch acme/shop")]
    [InlineData("\"$GIT\" push", "")]
    [InlineData("gh pr merge 42 --squash -R o/r", "platform/merge_pr pull_request o/r#42")]
    [InlineData("gh -R o/r pr merge 42", "platform/merge_pr pull_request o/r#42")]
    [InlineData("gh pr comment https://github.com/o/r/pull/9 --body \"gh pr merge\"", "platform/post_comment comment o/r#9")]
    [InlineData("gh pr create -t x -b y", "platform/create_pr pull_request acme/shop")]
    [InlineData("gh pr review --approve 3", "platform/review_pr pull_request acme/shop#3")]
    [InlineData("gh pr view 3", "")]
    [InlineData("gh issue close 8", "platform/close_issue repository acme/shop#8")]
    [InlineData("gh api repos/o/r/issues/4/comments -f body=hi", "platform/post_comment comment o/r#4")]
    [InlineData("gh api -XPUT /repos/o/r/pulls/4/merge", "platform/merge_pr pull_request o/r#4")]
    [InlineData("gh api repos/o/r/issues", "")]
    [InlineData("glab mr merge 12", "platform/merge_pr pull_request acme/shop!12")]
    [InlineData("glab mr note 12 -m hello", "platform/post_comment comment acme/shop!12")]
    [InlineData("curl -s -X POST https://api.github.com/repos/o/r/issues/4/comments -d '{}'", "platform/post_comment comment o/r#4")]
    [InlineData("curl --data x https://gitlab.example/api/v4/projects/g%2Fp/merge_requests/3/notes", "platform/post_comment comment g/p!3")]
    [InlineData("curl -X POST https://example.org/x", "")]
    [InlineData("curl https://api.github.com/repos/o/r", "")]
    public void ReadsPlatformWritesFromShellLines(string command, string expected) => Assert.Equal(expected, Line(command));

    [Theory]
    [InlineData("curl -sX PUT https://api.github.com/repos/o/r/pulls/5/merge", "platform/merge_pr pull_request o/r#5")]
    [InlineData("curl -sSLXDELETE https://api.github.com/repos/o/r/issues/comments/5", "platform/update_comment comment o/r#comment-5")]
    [InlineData("curl -D /tmp/headers -o out/x -X PUT https://API.github.com:443/repos/o/r/pulls/5/merge", "platform/merge_pr pull_request o/r#5")]
    [InlineData("curl --json '{\"query\":\"mutation{a}\"}' https://api.github.com/graphql", "platform/call_api repository graphql")]
    [InlineData("curl --json '{\"query\":\"query{a}\"}' https://api.github.com/graphql", "")]
    [InlineData("curl -d @body.json https://ghe.example/api/graphql", "platform/call_api repository graphql")]
    [InlineData("wget --method=PUT https://api.github.com/repos/o/r/pulls/5/merge", "platform/merge_pr pull_request o/r#5")]
    [InlineData("wget -O x/y https://api.github.com/repos/o/r", "")]
    [InlineData("gh api graphql -f query='mutation($id: ID!) { x }' -f id=1", "platform/call_api repository graphql")]
    [InlineData("gh api graphql -f query='{ viewer { login } }' -f id=1", "")]
    [InlineData("gh api graphql -F query=@merge.graphql", "platform/call_api repository graphql")]
    [InlineData("gh api graphql --input body.json", "platform/call_api repository graphql")]
    [InlineData("gh pr merge -m 42", "platform/merge_pr pull_request acme/shop#42")]
    [InlineData("gh pr merge -sd 42", "platform/merge_pr pull_request acme/shop#42")]
    [InlineData("glab mr merge -m \"a text\" 12", "platform/merge_pr pull_request acme/shop!12")]
    [InlineData("gh pr review -a 42", "platform/review_pr pull_request acme/shop#42")]
    [InlineData("gh pr close -d 42", "platform/close_pr pull_request acme/shop#42")]
    [InlineData("gh release create -d v1", "platform/create_release repository acme/shop@v1")]
    [InlineData("glab pipeline run", "platform/run_workflow repository acme/shop")]
    [InlineData("gh repo sync", "")]
    [InlineData("gh repo sync o/r", "platform/push branch o/r")]
    [InlineData("gh repo deploy-key list", "")]
    [InlineData("gh repo deploy-key add k.pub", "platform/update_repository repository acme/shop")]
    [InlineData("gh secret remove X", "platform/set_secret repository acme/shop@X")]
    [InlineData("git tag -am 'a text' v1", "tool_use/tag tag acme/shop@v1")]
    [InlineData("git lfs push origin main", "platform/push branch acme/shop@main")]
    [InlineData("git subtree push --prefix web origin pages", "platform/push branch acme/shop@pages")]
    [InlineData("env -i -S 'gh pr merge' 1", "platform/merge_pr pull_request acme/shop#1")]
    [InlineData("su bot -c 'gh pr merge 1'", "platform/merge_pr pull_request acme/shop#1")]
    [InlineData("flock /tmp/lock -c 'gh pr merge 1'", "platform/merge_pr pull_request acme/shop#1")]
    [InlineData("flock -w 5 /tmp/lock gh pr merge 1", "platform/merge_pr pull_request acme/shop#1")]
    [InlineData("function merge { gh pr merge 1; }", "platform/merge_pr pull_request acme/shop#1")]
    public void IsNotMisledByOptions(string command, string expected) => Assert.Equal(expected, Line(command));

    [Fact]
    public void ALineThatWritesMoreThanIsListedSaysSo()
    {
        var line = string.Join("; ", Enumerable.Repeat("gh pr comment 1 -b x", 64).Append("gh pr merge 2").Append("git push"));

        var targets = new ToolTable(new RunScene().Start, new AuditOptions()).Writes(Call("Bash", $$"""{"command":"{{line}}"}"""));

        Assert.Equal(64, targets.Count);
        Assert.Contains(" 2 further things ", targets[^1].Note, StringComparison.Ordinal);
        Assert.DoesNotContain("further", targets[^2].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void TheConfigurationComesFirst()
    {
        var options = new AuditOptions { Tools = [new ToolRule("mcp__tickets__*", "app/ticket", "app/ticket", "ticket.id"), new ToolRule("Write", ToolRule.None, "tool", null)] };
        Assert.Equal("app/ticket app/ticket 7", Writes("mcp__tickets__close", """{"ticket":{"id":7}}""", options));
        Assert.Equal(string.Empty, Writes("Write", """{"file_path":"x"}""", options));
    }

    [Fact]
    public void RelativePathsAreMeantFromWhereTheAgentWorks()
    {
        var table = new ToolTable(new RunScene().Start, new AuditOptions());
        table.WorksIn("/code/repo/sub");
        Assert.Equal("sub/a.txt", Assert.Single(table.Writes(Call("Write", """{"file_path":"a.txt"}"""))).Resource);
        table.WorksIn("/home/alex/elsewhere");
        Assert.Equal("sub/a.txt", Assert.Single(table.Writes(Call("Write", """{"file_path":"a.txt"}"""))).Resource);
    }

    [Theory]
    [InlineData("Read", """{"file_path":"/code/repo/.env"}""", "tool_use/read_file file .env")]
    [InlineData("Bash", """{"command":"ls\n-l"}""", "tool_use/run_command command ls -l")]
    [InlineData("WebFetch", """{"url":"x"}""", "tool_use/web_fetch tool WebFetch")]
    public void ARefusedCallIsAlwaysSomething(string tool, string input, string expected) =>
        Assert.Equal(expected, Text(Assert.Single(new ToolTable(new RunScene().Start, new AuditOptions()).Refused(Call(tool, input)))));

    private static ToolCalled Call(string tool, string input) => new() { At = default, Line = 0, ToolUseId = "t", Name = tool, Input = RunScene.Json(input) };

    private static string Line(string command) =>
        Writes("Bash", System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["command"] = command }, ScriptJson.Default.DictionaryStringString));

    private static string Writes(string tool, string input, AuditOptions? options = null) =>
        string.Join('|', new ToolTable(new RunScene().Start, options ?? new AuditOptions()).Writes(Call(tool, input)).Select(Text));

    private static string Text(ToolTarget target) => $"{target.Action} {target.ResourceType} {target.Resource}";
}
