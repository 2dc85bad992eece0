using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Facts;

public sealed class FactFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("events.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GivesWhatWillBeReadBack()
    {
        using var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);

        var taken = file.Append(Event("Änderung\nzweite Zeile", new DateTimeOffset(2026, 1, 24, 10, 0, 0, 123, 456, TimeSpan.FromHours(8))));

        Assert.Equal(new DateTimeOffset(2026, 1, 24, 2, 0, 0, 123, TimeSpan.Zero), taken.At);
        var read = Assert.Single(FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent).Facts);
        Assert.Equal((taken.At, taken.Text, taken.Kind), (read.At, read.Text, read.Kind));
        Assert.Equal(taken.Values, read.Values);
    }

    [Fact]
    public void LeavesNothingOfADocumentThatCannotBePutInPlace()
    {
        Directory.CreateDirectory(Path);

        Assert.ThrowsAny<SystemException>(() => PrivateFiles.Replace(Path, "whole"u8));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void APipeInItsPlaceKeepsNobodyWaiting()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such pipes.");
            return;
        }

        using (var process = System.Diagnostics.Process.Start("mkfifo", [Path]))
        {
            process.WaitForExit();
        }

        using var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);
        Assert.Throws<IOException>(() => file.Append(Event("one")));
        Assert.Null(Signalbox.Runner.WorkTree.ContentStore.Read(Path, 0));
        PrivateFiles.Replace(Path, "whole"u8);
        Assert.Equal("whole", File.ReadAllText(Path));
    }

    [Fact]
    public void ReadsPastALineThatIsFarTooLong()
    {
        using (var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent))
        {
            file.Append(Event("one"));
            File.AppendAllText(Path, new string('x', 9 << 20) + "\n");
            file.Append(Event("two"));
        }

        var tail = new FactTail<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);
        Assert.Equal(["one", "two"], tail.Read().Select(static told => told.Text));
        Assert.Equal((1L, false), (tail.Broken, tail.HoldsCutLine));
        File.AppendAllText(Path, "{");
        Assert.Empty(tail.Read());
        Assert.True(tail.HoldsCutLine);
    }

    [Fact]
    public void ListsThatAreMissingAreEmpty()
    {
        File.WriteAllText(Path, """{"at":"2026-01-24T10:00:00.000Z","toolUseId":"t","allow":true,"policyId":"default","source":"rules","enforced":true,"reasons":null}""" + "\n");
        var decided = Assert.Single(FactFile<PolicyDecided>.Read(Path, FactsJson.Default.PolicyDecided).Facts);
        Assert.Empty(decided.Reasons.Concat(decided.Bundles).Concat(decided.Erased));
    }

    [Fact]
    public void LosesOnlyTheLineThatWasCutOff()
    {
        using (var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent))
        {
            file.Append(Event("one"));
            file.Append(Event("two"));
        }

        var whole = File.ReadAllBytes(Path);
        var first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);

            var lines = FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent);

            Assert.Equal(length < first ? 0 : 1, lines.Facts.Count);
            Assert.Equal(length == 0 || length == first ? 0 : 1, lines.Broken);
        }
    }

    [Fact]
    public void SkipsAndCountsWhatIsNoFact()
    {
        File.WriteAllText(Path, "{}\n[1]\nnull\n\n{\"kind\":\"Nonsense\"}\n\u0000\u0001\n");
        using (var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent))
        {
            file.Append(Event("after"));
        }

        var lines = FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent);

        Assert.Equal("after", Assert.Single(lines.Facts).Text);
        Assert.Equal(5, lines.Broken);
    }

    [Fact]
    public void HoldsNothingWhereNoFileIs() => Assert.Empty(FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent).Facts);

    [Fact]
    public void KeepsTheLinesOfSeveralWritersWhole()
    {
        const int Writers = 4;
        const int Lines = 200;
        Parallel.For(0, Writers, writer =>
        {
            using var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);
            for (var line = 0; line < Lines; line++)
            {
                file.Append(Event($"{writer} {new string('x', line)}"));
            }
        });

        var lines = FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent);

        Assert.Equal(0, lines.Broken);
        Assert.Equal(Writers * Lines, lines.Facts.Count);
        Assert.All(lines.Facts.GroupBy(static fact => fact.Text[0]), static of => Assert.Equal(of.OrderBy(static fact => fact.Text.Length), of));
    }

    [Fact]
    public void ALineThatSomebodyElseLeftWithoutItsEndTakesNoOtherWithIt()
    {
        using var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);
        file.Append(Event("one"));
        File.AppendAllText(Path, "{\"at\":\"2026-");
        file.Append(Event("two"));
        file.Append(Event("three"));
        File.AppendAllText(Path, "{");
        using (var other = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent))
        {
            other.Append(Event("four"));
        }

        var lines = FactFile<RunnerEvent>.Read(Path, FactsJson.Default.RunnerEvent);
        Assert.Equal(["one", "two", "three", "four"], lines.Facts.Select(static told => told.Text));
        Assert.Equal(2, lines.Broken);
    }

    [Fact]
    public void ALineThatAFullDiskCutTakesNoOtherWithIt()
    {
        using var disk = SmallDisk.TryMount(64 * 1024);
        Assert.SkipWhen(disk is null, "A small file system can only be mounted by root on Linux.");
        var (path, filler) = (disk.File("events.jsonl"), disk.File("filler"));
        using var file = new FactFile<RunnerEvent>(path, FactsJson.Default.RunnerEvent);
        file.Append(Event("one"));
        disk.Fill(filler);
        var kept = 1;
        var length = 0L;
        Assert.Throws<IOException>(() =>
        {
            for (; kept < 10_000; kept++)
            {
                length = new FileInfo(path).Length;
                file.Append(Event("x"));
            }
        });
        Assert.True(new FileInfo(path).Length > length, "The disk cut the line.");
        Assert.Throws<IOException>(() => file.Append(Event("lost")));

        File.Delete(filler);
        file.Append(Event("last"));

        var lines = FactFile<RunnerEvent>.Read(path, FactsJson.Default.RunnerEvent);
        Assert.Equal((kept + 1, "last", 1L), (lines.Facts.Count, lines.Facts[^1].Text, lines.Broken));
    }

    [Fact]
    public void IsFollowedLineByLine()
    {
        var tail = new FactTail<RunnerEvent>(Path, FactsJson.Default.RunnerEvent);
        Assert.Empty(tail.Read());
        using (var file = new FactFile<RunnerEvent>(Path, FactsJson.Default.RunnerEvent))
        {
            file.Append(Event("one"));
        }

        var line = File.ReadAllText(Path);
        Assert.Equal("one", Assert.Single(tail.Read()).Text);

        File.AppendAllText(Path, line[..20]);
        Assert.Empty(tail.Read());
        Assert.True(tail.HoldsCutLine);

        File.AppendAllText(Path, line[20..]);
        Assert.Equal("one", Assert.Single(tail.Read()).Text);
        Assert.False(tail.HoldsCutLine);
        Assert.Empty(tail.Read());
    }

    private static RunnerEvent Event(string text, DateTimeOffset? at = null) => new()
    {
        At = at ?? DateTimeOffset.UnixEpoch,
        Kind = RunnerEventKind.Warning,
        Text = text,
        Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["zebra"] = "1", ["ape"] = "2" },
    };
}
