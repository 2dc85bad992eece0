using System.CommandLine;
using System.Text;
using Signalbox.Server.App;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.App;

public sealed class HelpTests
{
    private const string Introduction =
        """
        # The command line

        What `--help` prints for `signalbox` and each of its commands. Exit codes: 0 done, 1 failed, 2 wrong use, 78 bad configuration.


        """;

    [Fact]
    public void TheReferenceOfCommandsIsUpToDate()
    {
        var text = new StringBuilder(Introduction);
        Describe(SignalboxCommand.Create(), "signalbox", text);

        Golden.Matches("docs/commands.md", text.ToString());
    }

    private static void Describe(Command command, string path, StringBuilder text)
    {
        using var output = new StringWriter();
        var arguments = path.Split(' ').Skip(1).Append("--help").ToArray();
        var exitCode = SignalboxCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        Assert.Equal(0, exitCode);

        // The running program's name stands in the usage line; here that is the test's.
        var help = output.ToString().Replace(RootCommand.ExecutableName, "signalbox", StringComparison.Ordinal);
        var lines = help.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd());
        text.Append("## ").Append(path).Append("\n\n```text\n").Append(string.Join('\n', lines).Trim('\n')).Append("\n```\n\n");
        foreach (var child in command.Subcommands.OrderBy(static child => child.Name, StringComparer.Ordinal))
        {
            Describe(child, $"{path} {child.Name}", text);
        }
    }
}
