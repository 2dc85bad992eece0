using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Loops;

public sealed class EngineLoopTests
{
    [Fact]
    public async Task AStopWaitsForTheRoundUnderWayWhateverThatComesTo()
    {
        using var stop = new CancellationTokenSource();
        var loop = new SlowLoop(new FakeClock());
        var running = loop.RunAsync(stop.Token);
        await loop.Began;

        await stop.CancelAsync();
        Assert.False(running.IsCompleted);
        loop.Fail();
        await running;

        Assert.True(loop.TidiedAfterItsRound);
    }

    /// <summary>A loop whose only round ends when the test says so.</summary>
    private sealed class SlowLoop(TimeProvider clock) : EngineLoop("slow", TimeSpan.FromMinutes(1), new LoopContext(clock, new LoopAges(clock), NullLoggerFactory.Instance))
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<TimeSpan> _round = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Began => _began.Task;

        public bool TidiedAfterItsRound { get; private set; }

        public void Fail() => _round.TrySetException(new IOException("away"));

        public override Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
        {
            _began.TrySetResult();
            return _round.Task;
        }

        protected override Task TidyAsync()
        {
            TidiedAfterItsRound = _round.Task.IsCompleted;
            return Task.CompletedTask;
        }
    }
}
