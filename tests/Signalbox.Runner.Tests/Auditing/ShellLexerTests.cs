using Signalbox.Runner.Auditing.Shell;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

public sealed class ShellLexerTests
{
    private static readonly string[] Pieces = ["'", "\"", "`", "$(", ")", "(", "{", "}", "${", "\\", "\n", " ", "<<", "<<-", "EOF", ";", "&&", "|", "&", ">", "2>&1", "#", "git", "push", "a=", "$x", "$'", "=", "é", "\0"];

    [Theory]
    [InlineData("a b  c", "a,b,c")]
    [InlineData("a 'b c' \"d e\"", "a,b c,d e")]
    [InlineData("a\\ b c\\\nd", "a b,cd")]
    [InlineData("a;b&&c||d|e&f", "a/b/c/d/e/f")]
    [InlineData("a >x 2>&1 <y b", "a,b")]
    [InlineData("a &> x b", "a,b")]
    [InlineData("a2>x", "a2")]
    [InlineData("a $'b\\'c' d", "a,b'c,d")]
    [InlineData("x=(git push) y", "x=(git push),y")]
    [InlineData("a $((1+(2))) b", "a,$((1+(2))),b")]
    [InlineData("a \"$(b \"c d\")\" e", "b,c d/a,$(b \"c d\"),e")]
    [InlineData("a <(b c)", "b,c/a")]
    [InlineData("a <<-E; b\n\tgit push\n\tE\nc", "a/b/c")]
    [InlineData("a <<< 'git push'", "a")]
    [InlineData("a 'unfinished", "a,unfinished")]
    [InlineData("", "")]
    public void DividesLinesIntoCommandsAndWords(string line, string expected) =>
        Assert.Equal(expected, string.Join('/', ShellLexer.Read(line).Select(static words => string.Join(',', words.Select(static word => word.Text)))));

    [Fact]
    public void ComesToAnEndWithWhateverItIsGiven()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            foreach (var words in ShellLexer.Read(line))
            {
                Assert.NotEmpty(words);
            }

            Assert.NotNull(ShellCommands.In(line));
        }
    }

    [Fact]
    public void WhatIsQuotedIsNeverACommand()
    {
        var random = new Random(6);
        for (var round = 0; round < 5000; round++)
        {
            var inner = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Pieces[random.Next(Pieces.Length)])).Replace("'", string.Empty, StringComparison.Ordinal);
            var commands = ShellCommands.In($"echo '{inner} && git push'");
            Assert.Equal("echo", Assert.Single(commands).Program);
        }
    }

    [Fact]
    public void NestingAsDeepAsOneLikesIsBounded() => Assert.NotNull(ShellLexer.Read(string.Concat(Enumerable.Repeat("$(", 50_000)) + "git push"));
}
