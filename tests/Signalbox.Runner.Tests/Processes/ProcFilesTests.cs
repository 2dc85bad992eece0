using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Runner.Processes.Unix;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

/// <summary>Readers of what the kernel writes.</summary>
public sealed class ProcFilesTests
{
    [Fact]
    public void ReadsAProcess()
    {
        var text = "4242 (a) b (c)) S 17 99 99 34816 4242 4194304 1 2 3 4 150 50 7 3 20 0 12 0 8868 1000 2500 18446744073709551615 1 1 0 0 0 0"u8;
        Assert.Equal(new ProcStat(4242, 'S', 17, 99, 4_194_304, 200, 10, 12, 8868, 2500), ProcStat.Parse(text));
    }

    [Fact]
    public void ReadsThisProcess()
    {
        var stat = ProcFiles.ReadStat(Environment.ProcessId)!;
        Assert.Equal((Environment.ProcessId, UnixCalls.OwnGroup(), false), (stat.Id, stat.Group, stat.HasEnded));
        Assert.True(stat.ResidentPages > 1000 && stat.Threads > 1);
        Assert.Contains(ProcFiles.ReadAll(), process => process.Id == Environment.ProcessId && process.Started == stat.Started);
        Assert.InRange(ProcFiles.ReadProportional(Environment.ProcessId)!.Value, 1 << 20, stat.ResidentPages * Environment.SystemPageSize * 2);
        Assert.True(ProcFiles.CountHandles(Environment.ProcessId) > 2);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), ProcFiles.ReadVariable(Environment.ProcessId, "PATH"));
    }

    [Fact]
    public void KnowsNothingOfAProcessThatIsGone()
    {
        const int nobody = int.MaxValue;
        Assert.Null(ProcFiles.ReadStat(nobody));
        Assert.Null(ProcFiles.ReadVariable(nobody, "PATH"));
        Assert.Null(ProcFiles.ReadProportional(nobody));
        Assert.Equal(0, ProcFiles.CountHandles(nobody));
    }

    [Fact]
    public void ReadsBackWhateverNameAndNumbersAProcessHas() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            (name, number) =>
            {
                var n = number.Get;
                var text = $"{n} ({name}) R {n + 1} {n + 2} 3 4 5 6 7 8 9 10 {n} 12 13 14 15 16 {n} 18 {n} 20 {n} 22";
                return ProcStat.Parse(Encoding.UTF8.GetBytes(text)) == new ProcStat(n, 'R', n + 1, n + 2, 6, n + 12L, 27, n, n, n);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadsNoNonsense()
    {
        var random = new Random(11);
        var whole = "4242 (a) S 17 99 99 34816 4242 4194304 1 2 3 4 150 50 7 3 20 0 12 0 8868 1000 2500 1 1"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var text = (byte[])whole.Clone();
            for (var change = random.Next(8); change >= 0; change--)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            var cut = text.AsSpan(0, random.Next(text.Length + 1));
            _ = ProcStat.Parse(cut);
            _ = ProcFiles.FindVariable(cut, "S");
            _ = ProcFiles.FindKilobytes(cut, "4"u8);
            _ = ChildEnds.IsIgnored(cut, 17);
            _ = CgroupPlace.Find(Encoding.Latin1.GetString(cut), Encoding.Latin1.GetString(text));
        }
    }

    [Fact]
    public void FindsAVariable()
    {
        var environment = "A=1\0CICD_RUNNER_RUN=x=y\0EMPTY=\0NOTHING\0"u8;
        Assert.Equal("x=y", ProcFiles.FindVariable(environment, "CICD_RUNNER_RUN"));
        Assert.Equal(string.Empty, ProcFiles.FindVariable(environment, "EMPTY"));
        Assert.Null(ProcFiles.FindVariable(environment, "NOTHING"));
        Assert.Null(ProcFiles.FindVariable(environment, "CICD_RUNNER"));
    }

    [Fact]
    public void FindsANumberByItsLine()
    {
        Assert.Equal(2048, ProcFiles.FindKilobytes("Rss:  9 kB\nPss:      2 kB\nPss_Anon: 1 kB\n"u8, "Pss:"u8));
        Assert.Equal(3, ProcFiles.FindNumber("oom 1\noom_kill 3\n"u8, "oom_kill "u8));
        Assert.Null(ProcFiles.FindNumber("oom 1\n"u8, "oom_kill "u8));
        Assert.Null(ProcFiles.FindNumber("oom_kill x\n"u8, "oom_kill "u8));
    }

    [Fact]
    public void SeesWhichSignalsAreIgnored()
    {
        var status = "SigBlk:\t0000000000000000\nSigIgn:\t0000000000011000\nSigCgt:\t0000000000000000\n"u8;
        Assert.True(ChildEnds.IsIgnored(status, 17));
        Assert.True(ChildEnds.IsIgnored(status, 13));
        Assert.False(ChildEnds.IsIgnored(status, 15));
    }

    [Fact]
    public void ChoosesAsManyOfTheAllowedCores() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            static (allowed, count, seed) =>
            {
                var all = allowed.Sum(static cores => System.Numerics.BitOperations.PopCount(cores));
                var chosen = CoreLimit.Choose(allowed, count.Get, seed.Get);
                return chosen is null
                    ? count.Get >= all
                    : chosen.Sum(static cores => System.Numerics.BitOperations.PopCount(cores)) == count.Get && chosen.Select((cores, index) => cores & ~allowed[index]).All(static extra => extra == 0);
            }).QuickCheckThrowOnFailure();
}
