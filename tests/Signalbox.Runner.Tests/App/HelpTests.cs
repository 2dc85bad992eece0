using System.CommandLine;
using System.Text;
using Signalbox.Runner.App;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App;

public sealed class HelpTests
{
    [Fact]
    public async Task TheHelpIsThatOfTheManual()
    {
        var text = new StringBuilder("# The commands of cicd-runner\n\nPrinted by `--help`; a test compares.\n");
        foreach (var words in new[] { "", "run", "replay", "hook", "config", "config check", "config keys", "upload", "version" })
        {
            using var output = new StringWriter();
            await RunnerCommand.Create().Parse([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).InvokeAsync(
                new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);
            text.Append("\n## ").Append($"cicd-runner {words}".TrimEnd()).Append("\n\n```\n")
                .AppendJoin('\n', output.ToString().ReplaceLineEndings("\n").TrimEnd().Replace("Signalbox.Runner.Tests", "cicd-runner", StringComparison.Ordinal).Split('\n').Select(static line => line.TrimEnd()))
                .Append("\n```\n");
        }

        Golden.Matches("docs/runner-commands.md", text.ToString());
    }
}
