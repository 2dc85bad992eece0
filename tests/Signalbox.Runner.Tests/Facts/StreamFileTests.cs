using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Facts;

public sealed class StreamFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void KeepsEveryByteAndTheTimesOfCompleteLines()
    {
        var run = Begin();
        using (var file = new StreamFile(run, long.MaxValue))
        {
            Assert.Null(file.Write("{\"a\""u8, At(1)));
            Assert.Equal(new StreamMark(8, At(2)), file.Write(":1}\n{\"b\""u8, At(2)));
            Assert.Equal(new StreamMark(17, At(3)), file.Write(":2}\n\n\xff"u8, At(3)));
            Assert.Equal(new StreamMark(file.Length, At(4)), file.Complete(At(4)));
            Assert.Null(file.Complete(At(5)));
        }

        Assert.Equal("{\"a\":1}\n{\"b\":2}\n\nÿ", Encoding.UTF8.GetString(File.ReadAllBytes(run.File(RunFiles.Stream))));
        Assert.Equal(
            [new StreamMark(8, At(2)), new StreamMark(17, At(3)), new StreamMark(19, At(4))],
            StreamTimes.Read(run.File(RunFiles.StreamTimes)));
    }

    [Fact]
    public void ReadsTheSameMarksThatItGave() => Prop.ForAll<byte[][]>(chunks =>
    {
        var run = Begin();
        var given = new List<StreamMark>();
        using (var file = new StreamFile(run, long.MaxValue))
        {
            for (var index = 0; index < chunks.Length; index++)
            {
                if (file.Write([.. chunks[index].Select(static value => value % 3 == 0 ? (byte)'\n' : value)], At(index)) is { } mark)
                {
                    given.Add(mark);
                }
            }

            if (file.Complete(At(chunks.Length)) is { } last)
            {
                given.Add(last);
            }
        }

        return given.SequenceEqual(StreamTimes.Read(run.File(RunFiles.StreamTimes)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void HoldsWholeLinesOnlyWhenItEndsBeforeTheOutput()
    {
        var run = Begin();
        using var file = new StreamFile(run, 20);
        file.Write("{\"a\":1}\n{\"b\""u8, At(1));

        Assert.Equal((true, false), (file.HasRoomFor(8), file.HasRoomFor(9)));
        file.EndAtLine();

        Assert.Equal(8, file.Length);
        Assert.Equal("{\"a\":1}\n", File.ReadAllText(run.File(RunFiles.Stream)));
        Assert.True(file.IsIntact());
        File.AppendAllText(run.File(RunFiles.Stream), "{}\n");
        Assert.False(file.IsIntact());
    }

    [Theory]
    [InlineData("10 1000\n20 2000", 1)]
    [InlineData("10 1000\n20 2000\n", 2)]
    [InlineData("10 1000\n5 2000\n30 3000\n", 1)]
    [InlineData("10 1000\nnonsense\n30 3000\n", 1)]
    [InlineData("10 99999999999999999\n", 0)]
    [InlineData("", 0)]
    public void TrustsMarksUntilOneMakesNoSense(string text, int marks) =>
        Assert.Equal(marks, StreamTimes.Read(_folder.Write("stream.times", text)).Count());

    private static DateTimeOffset At(int seconds) => DateTimeOffset.FromUnixTimeSeconds(1_769_248_800 + seconds);

    private RunFolder Begin() => RunFolder.Create(_folder.File("runs"), At(0));
}
