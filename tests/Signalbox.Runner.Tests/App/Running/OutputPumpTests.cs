using System.IO.Pipelines;
using System.Threading.Channels;
using Signalbox.Runner.App.Running;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App.Running;

public sealed class OutputPumpTests : IDisposable
{
    private const long MaxBytes = 100;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly Pipe _pipe = new();
    private readonly Channel<StreamMark> _marks = Channel.CreateUnbounded<StreamMark>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _warnings = [];
    private readonly StreamFile _raw;

    public OutputPumpTests() => _raw = new StreamFile(RunFolder.Create(_folder.File("runs"), _clock.GetUtcNow()), MaxBytes);

    private OutputEnd End => new(_ended.Task, _verdict.Task, Grace);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _raw.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task LosesNothingWhenItsReaderIsSlowerThanTheGrace()
    {
        using var ours = new SlowStream();
        var pumping = Start(ours);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await ours.Asked.Task;
        await _pipe.Writer.WriteAsync("second\n"u8.ToArray(), Token);
        await _pipe.Writer.CompleteAsync();
        await EndAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            await WaitsAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        ours.Go.SetResult();
        await pumping;

        Assert.Equal("first\nsecond\n", System.Text.Encoding.UTF8.GetString(ours.ToArray()));
        Assert.Equal(13, _raw.Length);
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WaitsForNoReaderWhoTakesNothingWhenTheCommandWasEndedFromOutside(bool comesLater)
    {
        using var ours = new SlowStream();
        var pump = Pump(ours);
        var pumping = pump.RunAsync(_pipe.Reader.AsStream(), End);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await ours.Asked.Task;
        await _pipe.Writer.WriteAsync("second\n"u8.ToArray(), Token);
        await _pipe.Writer.CompleteAsync();
        if (comesLater)
        {
            await EndAsync();
            _verdict.SetResult();
        }
        else
        {
            _verdict.SetResult();
            await EndAsync();
        }

        await AdvanceUntilGivenUpAsync(pump, pumping);
        await pumping;

        Assert.Equal(["output_not_taken"], _warnings);
        Assert.Equal((13, 0, 13), (pump.NotPassedOn, pump.NotKept, _raw.Length));
        Assert.Equal(2, _marks.Reader.Count);
    }

    [Fact]
    public async Task WaitsForAReaderWhoTakesTheOutputThoughTheCommandWasEndedFromOutside()
    {
        using var ours = new SlowStream();
        var pump = Pump(ours);
        var pumping = pump.RunAsync(_pipe.Reader.AsStream(), End);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await ours.Asked.Task;
        await _pipe.Writer.CompleteAsync();
        _verdict.SetResult();
        await EndAsync();
        _clock.Advance(Grace / 2);
        ours.Go.SetResult();
        await pumping;

        Assert.Equal("first\n", System.Text.Encoding.UTF8.GetString(ours.ToArray()));
        Assert.Equal((0, 0), (pump.NotPassedOn, _warnings.Count));
    }

    [Fact]
    public async Task KeepsWholeLinesUpToTheBoundAndPassesAllOfTheOutputOn()
    {
        using var ours = new MemoryStream();
        var pump = Pump(ours);
        var pumping = pump.RunAsync(_pipe.Reader.AsStream(), End);
        var said = new List<string>();
        foreach (var line in (string[])[new string('a', 49) + "\n", "beginning of ", new string('b', 60) + "\n", "c\n"])
        {
            said.Add(line);
            await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line), Token);
            await Eventually.HoldsAsync("it is passed on", () => Task.FromResult(ours.Length == said.Sum(static text => text.Length)), Token);
        }

        await _pipe.Writer.CompleteAsync();
        await pumping;

        Assert.Equal(string.Concat(said), System.Text.Encoding.UTF8.GetString(ours.ToArray()));
        Assert.Equal((50, 76), (_raw.Length, pump.NotKept));
        Assert.Equal(["stream_limit"], _warnings);
        Assert.True(_raw.IsIntact());
        Assert.Equal([50L, 50, 50], Marks().Select(static mark => mark.Offset));
    }

    [Fact]
    public async Task WaitsNoLongerThanTheGraceForAnOutputThatSomebodyElseHoldsOpen()
    {
        using var ours = new MemoryStream();
        var pumping = Start(ours);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await _marks.Reader.WaitToReadAsync(Token);
        await EndAsync();

        // Its grace begins anew when it comes to wait for more only now.
        await Eventually.HoldsAsync(
            "it gives up",
            () =>
            {
                _clock.Advance(Grace);
                return Task.FromResult(pumping.IsCompleted);
            },
            Token);
        await pumping;

        Assert.Equal("first\n", System.Text.Encoding.UTF8.GetString(ours.ToArray()));
        Assert.Equal(["output_left_open"], _warnings);
        Assert.True(_marks.Reader.TryRead(out _));
        Assert.True(_marks.Reader.Completion.IsCompleted);
    }

    [Fact]
    public async Task GivesASignOfLifeForWhatTheDiskDoesNotTake()
    {
        using var ours = new MemoryStream();
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var full = RunFolder.Create(_folder.File("runs"), _clock.GetUtcNow());
        File.CreateSymbolicLink(full.File(RunFiles.StreamTimes), "/dev/full");
        using var raw = new StreamFile(full, MaxBytes);
        var pumping = new OutputPump(raw, ours, _marks.Writer, _clock, (code, _) => _warnings.Add(code)).RunAsync(_pipe.Reader.AsStream(), End);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);

        Assert.Equal(new StreamMark(0, _clock.GetUtcNow()), await _marks.Reader.ReadAsync(Token));
        await _pipe.Writer.CompleteAsync();
        await pumping;
        Assert.Equal(["stream_not_kept"], _warnings);
        Assert.Equal("first\n", System.Text.Encoding.UTF8.GetString(ours.ToArray()));
    }

    [Fact]
    public async Task GoesOnWhenNobodyReadsTheMarksAnyMore()
    {
        using var ours = new MemoryStream();
        _marks.Writer.Complete();
        var pumping = Start(ours);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await _pipe.Writer.WriteAsync("second\n"u8.ToArray(), Token);
        await _pipe.Writer.CompleteAsync();
        await pumping;

        Assert.Equal((13, 13), (_raw.Length, ours.Length));
        Assert.Equal(["stream_not_read"], _warnings);
    }

    private Task Start(Stream ours) => Pump(ours).RunAsync(_pipe.Reader.AsStream(), End);

    private OutputPump Pump(Stream ours) => new(_raw, ours, _marks.Writer, _clock, (code, _) => _warnings.Add(code));

    private Task EndAsync()
    {
        _ended.SetResult();
        return WaitsAsync();
    }

    /// <summary>No further: time that flies while the rest is still being read would look like a command that says nothing.</summary>
    private async Task AdvanceUntilGivenUpAsync(OutputPump pump, Task pumping)
    {
        while (pump.NotPassedOn == 0)
        {
            await Eventually.HoldsAsync("it waits or has given up", () => Task.FromResult(pumping.IsCompleted || pump.NotPassedOn > 0 || _clock.PendingTimers > 0), Token);
            var isDone = pumping.IsCompleted;
            if (pump.NotPassedOn == 0)
            {
                Assert.False(isDone, "It ended and gave nothing up.");
                _clock.Advance(Grace);
            }
        }
    }

    private IEnumerable<StreamMark> Marks()
    {
        while (_marks.Reader.TryRead(out var mark))
        {
            yield return mark;
        }
    }

    private Task WaitsAsync() => Eventually.HoldsAsync("it waits", () => Task.FromResult(_clock.PendingTimers > 0), Token);

    /// <summary>A reader that takes the first piece when it is told to.</summary>
    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Asked.TrySetResult();
            await Go.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
