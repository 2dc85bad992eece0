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
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private readonly Pipe _pipe = new();
    private readonly Channel<StreamMark> _marks = Channel.CreateUnbounded<StreamMark>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _warnings = [];
    private readonly StreamFile _raw;

    public OutputPumpTests() => _raw = new StreamFile(RunFolder.Create(_folder.File("runs"), _clock.GetUtcNow()));

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

    [Fact]
    public async Task WaitsNoLongerThanTheGraceForAnOutputThatSomebodyElseHoldsOpen()
    {
        using var ours = new MemoryStream();
        var pumping = Start(ours);
        await _pipe.Writer.WriteAsync("first\n"u8.ToArray(), Token);
        await _marks.Reader.WaitToReadAsync(Token);
        await EndAsync();
        await WaitsAsync();
        _clock.Advance(Grace);
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
        using var raw = new StreamFile(full);
        var pumping = new OutputPump(raw, ours, _marks.Writer, _clock, (code, _) => _warnings.Add(code)).RunAsync(_pipe.Reader.AsStream(), _ended.Task, Grace);
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

    private Task Start(Stream ours) => new OutputPump(_raw, ours, _marks.Writer, _clock, (code, _) => _warnings.Add(code)).RunAsync(_pipe.Reader.AsStream(), _ended.Task, Grace);

    private Task EndAsync()
    {
        _ended.SetResult();
        return WaitsAsync();
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
