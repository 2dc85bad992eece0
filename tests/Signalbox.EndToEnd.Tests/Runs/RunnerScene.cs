using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

/// <summary>A repository in which the published <c>cicd-runner</c> runs an agent named <c>claude</c>, as a step of GitHub Actions does.</summary>
internal sealed class RunnerScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_RUN_ID"] = "10453311233",
        ["GITHUB_RUN_ATTEMPT"] = "1",
        ["GITHUB_SERVER_URL"] = "https://github.com",
        ["GITHUB_REPOSITORY"] = "acme/shop",
        ["GITHUB_ACTOR"] = "octocat",
        ["GITHUB_JOB"] = "agent",
        ["GITHUB_WORKFLOW"] = "agent",
        ["GITHUB_REF"] = "refs/heads/prices",
        ["GITHUB_REF_NAME"] = "prices",
        ["GITHUB_SHA"] = "3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233",
        ["GITHUB_EVENT_PATH"] = string.Empty,
        ["TRACEPARENT"] = string.Empty,
    };

    public RunnerScene()
    {
        Directory.CreateDirectory(Work);
        _environment["HOME"] = _folder.Path;
        _environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        _environment["GITHUB_STEP_SUMMARY"] = _folder.File("step-summary.md");
    }

    public string Work => _folder.File("work");

    /// <summary>The folder of the only run.</summary>
    public string Run => Assert.Single(Directory.GetDirectories(Path.Combine(Work, ".cicd-runner", "runs")));

    public string StepSummary => File.ReadAllText(_folder.File("step-summary.md"));

    /// <summary>The program's path; the test is skipped, visibly, when it is not built.</summary>
    public static string RequireProgram()
    {
        var program = RepositoryRoot.File("artifacts", "publish", "cicd-runner", "cicd-runner");
        Assert.SkipUnless(File.Exists(program), $"{program} is not built; ./run --build-only builds it.");
        return program;
    }

    public void Write(string name, string text) => _folder.Write(Path.Combine("work", name), text);

    public string Read(params string[] parts) => File.ReadAllText(Path.Combine([Work, .. parts]));

    /// <summary>Makes a repository of what was written.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (string[] words in (string[][])[["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "begin"]])
        {
            var result = await ChildProcess.RunAsync("git", words, cancellationToken, environment: _environment, workingFolder: Work);
            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    /// <summary>Makes the program <c>claude</c> one that acts out a scenario.</summary>
    public void HaveAgentAct(string scenario)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var agent = RepositoryRoot.File("artifacts", "bin", "Signalbox.Runner.FakeAgent", configuration, "Signalbox.Runner.FakeAgent");
        var program = _folder.Write(Path.Combine("bin", "claude"), $"#!/bin/sh\nexec '{agent}' script '{_folder.Write("scenario", scenario)}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public Task<ProcessResult> RunnerAsync(IReadOnlyDictionary<string, string> more, CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(_environment, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return ChildProcess.RunAsync(RequireProgram(), arguments, cancellationToken, environment: environment, workingFolder: Work);
    }

    public void Dispose() => _folder.Dispose();
}
