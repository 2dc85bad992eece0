using Signalbox.Runner.Auditing;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

public sealed class DenialTextsTests
{
    [Theory]
    [InlineData("Claude requested permissions to write to /w/a.txt, but you haven't granted it yet.")]
    [InlineData("Claude requested permissions to use mcp__github__merge_pull_request, but you haven't granted it yet.")]
    [InlineData("<tool_use_error>Claude requested permissions to edit /w/a.txt, but you haven't granted it yet.</tool_use_error>")]
    [InlineData("The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file).")]
    [InlineData("Permission to use Bash has been denied.")]
    [InlineData("Permission to use Bash with command rm -rf / has been denied.")]
    [InlineData("Permission to read /etc/passwd has been denied.")]
    [InlineData("This command requires approval")]
    [InlineData("This Bash command contains multiple operations. The following parts require approval: git push")]
    [InlineData("File is in a directory that is denied by your permission settings.")]
    [InlineData("Edit operation blocked by hook:\n- no")]
    [InlineData("PreToolUse:Edit hook error: [cicd-runner hook]: denied")]
    [InlineData("Hook PreToolUse:Bash denied this tool")]
    [InlineData("cd in '/etc' was blocked. For security, Claude Code may only change directories to the child directories of the allowed working directories")]
    public void KnowsWhatTellsOfAPermission(string text) => Assert.True(DenialTexts.Tell(text, []));

    [Theory]
    [InlineData("bash: ./deploy.sh: Permission denied")]
    [InlineData("Exit code 126\n/bin/bash: line 1: ./x: Permission denied")]
    [InlineData("EACCES: permission denied, open '/root/secret.txt'")]
    [InlineData("Error: EPERM: operation not permitted, unlink '/x'")]
    [InlineData("remote: Permission to acme/shop.git denied to octocat.\nfatal: unable to access")]
    [InlineData("HTTP 403: Resource not accessible by integration")]
    [InlineData("grep found:\nPermission to use Bash has been denied.")]
    [InlineData("String to replace not found in file.")]
    [InlineData("git@github.com: Permission denied (publickey).")]
    [InlineData("")]
    [InlineData(null)]
    public void AFailureIsNoDenial(string? text) => Assert.False(DenialTexts.Tell(text, []));

    [Fact]
    public void TheConfigurationAddsBeginnings() => Assert.True(DenialTexts.Tell("Nope: sandbox", ["Nope: *box"]));
}
