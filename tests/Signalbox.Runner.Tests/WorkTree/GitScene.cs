using System.Diagnostics;
using Signalbox.Runner.Facts;
using Signalbox.Runner.WorkTree;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

/// <summary>A repository of real git in a folder of its own, or a folder without git.</summary>
internal sealed class GitScene : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private WorkTreePlace? _place;

    public GitScene(bool git = true)
    {
        Root = Directory.CreateDirectory(_folder.File("repo")).FullName;
        if (git)
        {
            Git("init", "-q", "-b", "main");
        }
    }

    public string Root { get; set; }

    public WorkTreeOptions Options { get; init; } = new();

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = "/nonexistent" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string File(string name) => Path.Combine(Root, name);

    public GitScene Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return this;
    }

    public GitScene Commit(string message = "x")
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return this;
    }

    public void Git(params string[] arguments) => Run("git", arguments);

    public void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Root, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in program == "git" ? ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always", .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', arguments)}: {error}");
    }

    public async Task<WorkTreeSnapshot> TakeAsync()
    {
        _place = new WorkTreePlace(Root, RunFolder.Create(Path.Combine(Root, ".cicd-runner", "runs"), At), Options, Environment);
        return await WorkTreeSnapshot.TakeAsync(_place, Cancelled);
    }

    /// <summary>As a replay does it: from what lies in the run's folder.</summary>
    public async Task<WorkTreeChanged> CompareAsync() => await WorkTreeSnapshot.Open(_place!)!.CompareAsync(new Redactor(new RedactionOptions { Key = new byte[32] }), At, Cancelled);

    public async Task<WorkTreeChanged> ChangesAsync(Action change)
    {
        await TakeAsync();
        change();
        return await CompareAsync();
    }

    public void Dispose()
    {
        Run("chmod", "-R", "u+rwX", _folder.Path);
        _folder.Dispose();
    }
}
