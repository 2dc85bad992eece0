using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Tests.Processes;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;

namespace Signalbox.Runner.Tests.App;

/// <summary>The built program, run as its users run it, in a folder of its own.</summary>
internal sealed class RunnerProgram : IDisposable
{
    /// <summary>What a CI platform around the tests would say of them.</summary>
    internal static readonly string[] Platforms =
        ["GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "BUILDKITE", "CIRCLECI", "BITBUCKET_BUILD_NUMBER", "DRONE", "TEAMCITY_VERSION", "TRAVIS", "TRACEPARENT", "GITHUB_STEP_SUMMARY"];

    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public Dictionary<string, string> Environment { get; } = Platforms.ToDictionary(static name => name, static _ => string.Empty, StringComparer.Ordinal);

    /// <summary>The newest run.</summary>
    public RunFolder Run => RunFolder.Newest(_folder.File(".cicd-runner", "runs")) ?? throw new InvalidOperationException("There is no run.");

    public RunReport Report => FactDocument.Read(Run.File(RunFiles.Report), ReportJson.Written.RunReport) ?? throw new InvalidOperationException("The run has no report.");

    public IReadOnlyList<JsonElement> Log => Lines(File.ReadAllText(Run.File(RunFiles.Log)));

    /// <summary>Where it was built by itself: beside the tests it lacks what the web's framework brings them.</summary>
    public static string Path { get; } = System.IO.Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.FullName, "Signalbox.Runner", new DirectoryInfo(AppContext.BaseDirectory).Name, "cicd-runner");

    /// <summary>Reads text of which every line must be a JSON object.</summary>
    public static IReadOnlyList<JsonElement> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    public Task<ProcessResult> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Path, arguments, Xunit.TestContext.Current.CancellationToken, environment: Environment, workingFolder: Folder);

    /// <summary>Runs a line of the shell in the folder.</summary>
    public Task<ProcessResult> ShellAsync(string line) =>
        ChildProcess.RunAsync("/bin/sh", ["-c", line], Xunit.TestContext.Current.CancellationToken, environment: Environment, workingFolder: Folder);

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(Path, arguments, Environment, Folder);

    /// <summary>Runs a scenario of the fake agent.</summary>
    /// <param name="options">Before the <c>--</c>.</param>
    public Task<ProcessResult> ActAsync(string scenario, params string[] options) => RunAsync(Act(scenario, options));

    /// <summary>The arguments that run a scenario.</summary>
    public string[] Act(string scenario, params string[] options) =>
        ["run", .. options, "--", ChildHost.FakeAgent, "script", Write("scenario.txt", scenario)];

    /// <summary>Writes a file outside of the working folder, so that it is not among the changes.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Directory.CreateDirectory(Folder + "-aside").FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _folder.Dispose();
        if (Directory.Exists(Folder + "-aside"))
        {
            Directory.Delete(Folder + "-aside", recursive: true);
        }
    }
}
