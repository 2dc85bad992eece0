using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Output;

public sealed class RunOutputTests
{
    [Fact]
    public async Task HandsNothingToTheDatabaseOnceItsLeaseIsOver()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        var lease = new RunLease(clock.GetTimestamp() + clock.TimestampFrequency, clock);
        var output = new RunOutput(bed.Writer, bed.Request(RunningBed.Shell("true")) with { Lease = lease }, 1000, clock);
        output.Write(OutputStream.Out, "late");

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(output.Take());

        lease.Renew(clock.GetTimestamp() + clock.TimestampFrequency);
        Assert.NotNull(output.Take());
    }

    /// <summary>Random bytes, cut anywhere: the text is what decoding them in one piece gives, whatever the pieces were.</summary>
    [Fact]
    public async Task DecodesTheSameHoweverBytesAreCut()
    {
        await using var bed = new RunningBed();
        var random = new Random(20260304);
        for (var round = 0; round < 60; round++)
        {
            var bytes = Bytes(random, random.Next(0, 3000));
            var output = Output(bed, out var request);
            for (var start = 0; start < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 50), bytes.Length - start);
                output.Write(OutputStream.Out, bytes.AsSpan(start, length));
                start += length;
            }

            Assert.True(await bed.Writer.FlushAsync(output));
            Assert.Equal(Encoding.UTF8.GetString(bytes).Replace('\0', '␀'), bed.Kept.Text(request.ExecutionId));
            Assert.Equal(bytes.Length, output.Bytes);
        }
    }

    [Fact]
    public async Task KeepsTheStreamsApartAndInOrder()
    {
        await using var bed = new RunningBed();
        var output = Output(bed, out var request);

        // The first half of a character waits for its second, whatever the other stream says in between.
        output.Write(OutputStream.Out, [0xC3]);
        output.Write(OutputStream.Err, "err"u8);
        output.Write(OutputStream.Out, [0xA9]);
        await bed.Writer.FlushAsync(output);

        Assert.Equal([(OutputStream.Err, "err"), (OutputStream.Out, "é")], bed.Kept.Rows(request.ExecutionId).Select(static row => (row.Stream, row.Text)));
    }

    [Fact]
    public async Task NumbersTheRowsOfEachAttemptApart()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("echo $SIGNALBOX_ATTEMPT"));

        await bed.RunAsync(request);
        await bed.RunAsync(request with { Attempt = 2 });

        Assert.Equal([(1, "1\n"), (2, "2\n")], bed.Kept.Rows(request.ExecutionId).Select(static row => (OutputSequence.AttemptOf(row.Seq), row.Text)));
    }

    private static RunOutput Output(RunningBed bed, out RunRequest request)
    {
        request = bed.Request(RunningBed.Shell("true"));
        return new RunOutput(bed.Writer, request, 1 << 20, bed.Clock);
    }

    /// <summary>Some of it text, some of it none.</summary>
    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new List<byte>();
        while (bytes.Count < length)
        {
            if (random.Next(3) == 0)
            {
                bytes.Add((byte)random.Next(256));
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(random.Next(4) switch { 0 => "\0", 1 => "語", 2 => "😀", _ => "text " }));
            }
        }

        return [.. bytes];
    }
}
