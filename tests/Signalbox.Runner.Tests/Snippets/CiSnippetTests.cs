using System.Text.Json;
using Signalbox.Runner.Tests.App;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Snippets;

public sealed class CiSnippetTests : IDisposable
{
    private const string Session =
        """
        say {"type":"system","subtype":"init","session_id":"s1","model":"claude-sonnet-4-5","claude_code_version":"2.1.240","tools":["Write"],"cwd":"$FOLDER"}
        say {"type":"assistant","session_id":"s1","parent_tool_use_id":null,"message":{"id":"msg_01","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_01","name":"Write","input":{"file_path":"$FOLDER/notes.txt","content":"done"}}],"usage":{"input_tokens":120,"output_tokens":40}}}
        edit notes.txt done
        say {"type":"user","session_id":"s1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_01","content":"ok"}]}}
        say {"type":"result","subtype":"success","session_id":"s1","is_error":false,"num_turns":1,"duration_ms":1200,"duration_api_ms":900,"result":"Done.","total_cost_usd":0.01,"usage":{"input_tokens":120,"output_tokens":40},"modelUsage":{"claude-sonnet-4-5":{"inputTokens":120,"outputTokens":40,"cacheReadInputTokens":0,"cacheCreationInputTokens":0,"costUSD":0.01}},"permission_denials":[]}
        """;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Platforms => new()
    {
        { "github-actions.yml", "github", "GITHUB_ACTIONS=true;GITHUB_RUN_ID=10453311233;GITHUB_RUN_ATTEMPT=1;GITHUB_RUN_NUMBER=812;GITHUB_SERVER_URL=https://github.com;GITHUB_REPOSITORY=acme/shop;GITHUB_ACTOR=alice;GITHUB_JOB=agent;GITHUB_WORKFLOW=agent;GITHUB_REF=refs/heads/main;GITHUB_SHA=3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233;SIGNALBOX_SERVER=;SIGNALBOX_TOKEN=" },
        { "gitlab-ci.yml", "gitlab", "GITLAB_CI=true;CI_PIPELINE_ID=4711;CI_PIPELINE_URL=https://gitlab.example/acme/shop/-/pipelines/4711;CI_JOB_ID=99;CI_JOB_NAME=agent;CI_PROJECT_PATH=acme/shop;CI_PROJECT_URL=https://gitlab.example/acme/shop;CI_COMMIT_SHA=3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233;CI_COMMIT_REF_NAME=main;GITLAB_USER_LOGIN=alice" },
        { "Jenkinsfile", "jenkins", "JENKINS_URL=https://jenkins.example/;BUILD_TAG=jenkins-agent-7;BUILD_NUMBER=7;BUILD_URL=https://jenkins.example/job/agent/7/;JOB_NAME=agent;GIT_URL=https://git.example/acme/shop.git;GIT_COMMIT=3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233;GIT_BRANCH=origin/main" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Work => _folder.File("work");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task TheShellPartsRunAsTheyStandAndLeaveWhatIsKept(string name, string platform, string variables)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The snippets are for machines with a shell.");
        var snippet = CiSnippet.Read(name);
        var environment = Prepare(variables);

        foreach (var script in snippet.Scripts)
        {
            var result = await ChildProcess.RunAsync("/bin/bash", ["-e", "-c", script], Cancelled, environment: environment, workingFolder: Work);
            Assert.True(result.ExitCode == 0, $"'{script}' ends with {result.ExitCode}: {result.Error}{result.Output}");
        }

        foreach (var pattern in snippet.Kept)
        {
            Assert.True(Matches(pattern).Length == 1, $"{pattern} names {Matches(pattern).Length} files.");
        }

        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Matches(".cicd-runner/runs/*/report.json")[0], Cancelled));
        Assert.Equal(platform, report.RootElement.GetProperty("ci").GetProperty("platform").GetString());
        Assert.Equal(160, report.RootElement.GetProperty("usage").GetProperty("totalTokens").GetInt64());
        Assert.Equal("notes.txt", Assert.Single(report.RootElement.GetProperty("changes").EnumerateArray().ToList()).GetProperty("path").GetString());
        Assert.Equal(platform == "github", File.Exists(_folder.File("step")) && (await File.ReadAllTextAsync(_folder.File("step"), Cancelled)).StartsWith("## ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void WhatMayHoldSecretsIsNotKept(string name, string platform, string variables)
    {
        Assert.NotEmpty(variables);
        Assert.NotEmpty(platform);
        foreach (var pattern in CiSnippet.Read(name).Kept)
        {
            Assert.DoesNotContain("stream", pattern, StringComparison.Ordinal);
            Assert.DoesNotContain("run.json", pattern, StringComparison.Ordinal);
            Assert.DoesNotContain("**", pattern, StringComparison.Ordinal);
            Assert.True(Path.HasExtension(pattern), $"{pattern} names more than a file.");
        }
    }

    [Fact]
    public void EverySnippetRunsTheAgentUnderTheRunner() =>
        Assert.All(CiSnippet.Names, static name => Assert.Contains(CiSnippet.Read(name).Scripts, static script => script.Contains("cicd-runner run -- claude -p \"$TASK\"", StringComparison.Ordinal)));

    [Fact]
    public void TheConfigurationIsYamlAndHoldsNoSecret() =>
        Assert.DoesNotContain("token", string.Join(',', SettingsFile.Read(CiSnippet.PathOf("cicd-ai-toolkit.yaml")).Entries.Select(static entry => entry.Key.Text)), StringComparison.OrdinalIgnoreCase);

    /// <summary>A work folder with the configuration in it, and a path on which the runner is the one of this build and the agent does what the session says.</summary>
    private Dictionary<string, string> Prepare(string variables)
    {
        Directory.CreateDirectory(Work);
        File.Copy(CiSnippet.PathOf("cicd-ai-toolkit.yaml"), Path.Combine(Work, ".cicd-ai-toolkit.yaml"));
        Program("cicd-runner", $"exec dotnet '{BuiltPrograms.Runner}' \"$@\"");
        Program("claude", $"exec dotnet '{BuiltPrograms.FakeAgent}' script '{_folder.Write("session", Session)}'");
        var environment = RunnerProgram.Platforms.ToDictionary(static name => name, static _ => string.Empty, StringComparer.Ordinal);
        foreach (var pair in variables.Split(';').Select(static pair => pair.Split('=', 2)))
        {
            environment[pair[0]] = pair[1];
        }

        environment["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        environment["HOME"] = _folder.Path;
        environment["TASK"] = "write the notes; $(false) \"quoted\"";
        if (variables.Contains("GITHUB_ACTIONS", StringComparison.Ordinal))
        {
            environment["GITHUB_STEP_SUMMARY"] = _folder.File("step");
        }

        return environment;
    }

    private void Program(string name, string line) => BuiltPrograms.MakeExecutable(_folder.Write(Path.Combine("bin", name), $"#!/bin/sh\n{line}\n"));

    /// <summary>Files that a pattern with <c>*</c> for the run's folder names.</summary>
    private string[] Matches(string pattern)
    {
        var parts = pattern.Split("/*/");
        return parts.Length == 1
            ? [.. new[] { Path.Combine(Work, pattern) }.Where(File.Exists)]
            : [.. Directory.GetDirectories(Path.Combine(Work, parts[0])).Select(folder => Path.Combine(folder, parts[1])).Where(File.Exists)];
    }
}
