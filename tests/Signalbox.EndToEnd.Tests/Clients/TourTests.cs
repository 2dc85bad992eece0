using System.Text.RegularExpressions;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Clients;

public sealed partial class TourTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheTourOfTheReadmeWorksAsItIsWritten()
    {
        DebianPackage.Promtool.Require();
        using var folder = new TemporaryFolder();
        await using var server = await SignalboxProcess.StartAsync(Cancelled, folder.File("data"));
        using var calls = new MetricCalls(server.Address, server.AdminToken);
        await calls.WaitForAsync("node_load1", Cancelled);
        Directory.CreateSymbolicLink(folder.File("artifacts"), RepositoryRoot.File("artifacts"));
        var tour = string.Join('\n', Steps().Matches(await File.ReadAllTextAsync(RepositoryRoot.File("README.md"), Cancelled)).Select(static step => step.Groups["commands"].Value));

        // Only the ports differ from those that a reader has.
        tour = tour.Replace("http://127.0.0.1:4318", server.OtlpHttp.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("127.0.0.1:7070", server.Address.Authority, StringComparison.Ordinal);
        var result = await ChildProcess.RunAsync(
            "sh",
            ["-eu", folder.Write("tour.sh", tour)],
            Cancelled,
            environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_SERVER"] = server.Address.ToString() },
            workingFolder: folder.Path);

        Assert.True(result.ExitCode == 0, $"{tour}\n{result.Output}\n{result.Error}");
        Assert.Contains("node_load1", result.Output, StringComparison.Ordinal);
        Assert.Contains("up{", result.Output, StringComparison.Ordinal);
        Assert.Contains("tour_steps", result.Output, StringComparison.Ordinal);
        Assert.Contains("hello from a job", result.Output, StringComparison.Ordinal);
        Assert.Contains("sbx_", result.Output, StringComparison.Ordinal);
        Assert.Equal(3, await calls.WaitForAsync("tour_steps", Cancelled));
    }

    [GeneratedRegex(@"<!-- tour -->\s*```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Steps();
}
