using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Facts;

public sealed class RunFolderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Runs => _folder.File(".cicd-runner", "runs");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".cicd-runner")]
    [InlineData(".cicd-runner/runs")]
    public void FollowsNoLinkThatCameWithARepository(string link)
    {
        var elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("repo/" + link))!);
        Directory.CreateSymbolicLink(_folder.File("repo/" + link), elsewhere);

        Assert.Throws<IOException>(() => RunFolder.Create(_folder.File("repo/.cicd-runner/runs"), DateTimeOffset.UnixEpoch));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void IsNamedByTimeAndChanceAndIsTheLatest()
    {
        var first = Begin(Start);
        var second = Begin(Start);

        Assert.StartsWith("20260124T100000Z-", first.RunId, StringComparison.Ordinal);
        Assert.True(RunFolder.IsRunId(first.RunId));
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(second.Path, RunFolder.Newest(Runs)!.Path);
        Assert.Equal(second.Path, RunFolder.Open(Runs)!.Path);
        Assert.Equal(first.Path, RunFolder.Open(first.Path + Path.DirectorySeparatorChar)!.Path);
        Assert.Null(RunFolder.Open(string.Empty));
    }

    [Fact]
    public void IsOnlyForItsUser()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        var run = Begin(Start);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(run.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.File(RunFiles.Start)));
    }

    [Fact]
    public void IsNotForGit()
    {
        Begin(Start);

        Assert.Equal("*\n", File.ReadAllText(_folder.File(".cicd-runner", ".gitignore")));
        Assert.False(File.Exists(Path.Combine(Runs, ".gitignore")));
    }

    [Fact]
    public void LeavesAFolderAboveItsOwnAlone()
    {
        RunFolder.Create(_folder.File("elsewhere", "runs"), Start);

        Assert.False(File.Exists(_folder.File("elsewhere", ".gitignore")));
        Assert.Equal("*\n", File.ReadAllText(_folder.File("elsewhere", "runs", ".gitignore")));
    }

    [Fact]
    public void IsNotOpenedWhereNoRunIs()
    {
        Assert.Null(RunFolder.Open(_folder.Path));
        Assert.Null(RunFolder.Open(_folder.File("nowhere")));
    }

    [Fact]
    public void IsHeldByOneAtATime()
    {
        var run = Begin(Start);
        using (var held = run.TryLock())
        {
            Assert.NotNull(held);
            Assert.Null(run.TryLock());
        }

        using var again = run.TryLock();
        Assert.NotNull(again);
    }

    [Fact]
    public void WaitsForNobodyWhenItsLockIsAPipe()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no pipes among files.");
            return;
        }

        var run = Begin(Start);
        using (var process = System.Diagnostics.Process.Start("mkfifo", [run.File(RunFiles.Lock)]))
        {
            process.WaitForExit();
        }

        using var held = run.TryLock();

        Assert.NotNull(held);
        Assert.Null(run.TryLock());
    }

    [Fact]
    public void KeepsTheNewestAndThoseThatGoOn()
    {
        var runs = Enumerable.Range(0, 6).Select(hours => Begin(Start.AddHours(hours))).ToList();
        Directory.CreateDirectory(Path.Combine(Runs, "notes"));
        using var held = runs[0].TryLock();

        Assert.Equal(3, RunPruning.Prune(Runs, 2, Start));

        Assert.Equal(
            new[] { runs[0], runs[4], runs[5] }.Select(static run => run.Path).Append(Path.Combine(Runs, "notes")),
            Directory.GetDirectories(Runs).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void KeepsAllWhenToldSo()
    {
        Begin(Start);
        Begin(Start.AddHours(1));

        Assert.Equal(0, RunPruning.Prune(Runs, 0, Start));
        Assert.Equal(2, Directory.GetDirectories(Runs).Length);
    }

    [Fact]
    public void ARunThatNeverGotAsFarAsItsFirstFactGoesAfterADay()
    {
        var left = RunFolder.Create(Runs, Start);
        left.TryLock()!.Dispose();
        File.WriteAllText(left.File("run.json.x1y2z3.tmp"), "{");
        File.WriteAllText(left.File(RunFiles.Log), string.Empty);
        Begin(Start.AddHours(1));
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(left.File(RunFiles.Log)), TimeSpan.Zero);

        Assert.Equal(0, RunPruning.Prune(Runs, 1, written.AddHours(23)));
        Assert.True(Directory.Exists(left.Path));
        Assert.Equal(1, RunPruning.Prune(Runs, 1, written.AddHours(25)));
        Assert.False(Directory.Exists(left.Path));
    }

    [Fact]
    public void ARunWithoutItsFirstFactStaysWhileItGoesOnOrHoldsWhatIsNotOfARun()
    {
        var alive = RunFolder.Create(Runs, Start);
        using var held = alive.TryLock();
        var strange = RunFolder.Create(Runs, Start);
        File.WriteAllText(strange.File("notes.txt"), "mine");
        var deep = RunFolder.Create(Runs, Start);
        Directory.CreateDirectory(deep.File("sub"));
        var elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Runs, "20260124T100000Z-0a0b0c0d"), elsewhere);
        Directory.CreateDirectory(Path.Combine(Runs, "20260124T1000x0Z-0a0b0c0d"));

        Assert.Equal(0, RunPruning.Prune(Runs, 1, DateTimeOffset.MaxValue));
        Assert.Equal(5, Directory.GetDirectories(Runs).Length);
    }

    [Fact]
    public void RunsThatWereNeverBegunTakeNoPlaceOfThoseThatAreKept()
    {
        var kept = Begin(Start);
        var left = RunFolder.Create(Runs, Start.AddHours(1));

        Assert.Equal(0, RunPruning.Prune(Runs, 1, Start));
        Assert.True(Directory.Exists(kept.Path) && Directory.Exists(left.Path));
    }

    private RunFolder Begin(DateTimeOffset at)
    {
        var run = RunFolder.Create(Runs, at);
        PrivateFiles.Replace(run.File(RunFiles.Start), "{}"u8);
        return run;
    }
}
