using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Intake;

public sealed class CollectionLoopTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunsAtOnceASecondLaterAndThenEveryInterval()
    {
        var clock = new FakeClock();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var rounds = Channel.CreateUnbounded<TimeSpan>();
        var loop = CollectionLoop.RunAsync(
            TimeSpan.FromSeconds(5), token => rounds.Writer.WriteAsync(clock.GetUtcNow() - clock.Start, token).AsTask(), clock, "test", NullLogger.Instance, stop.Token);

        Assert.Equal(TimeSpan.Zero, await rounds.Reader.ReadAsync(Cancelled));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await rounds.Reader.ReadAsync(Cancelled));
        foreach (var seconds in new[] { 6, 11 })
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(TimeSpan.FromSeconds(seconds), await rounds.Reader.ReadAsync(Cancelled));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task GoesOnAfterARoundThatFailed()
    {
        var clock = new FakeClock();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var rounds = Channel.CreateUnbounded<int>();
        var count = 0;
        var loop = CollectionLoop.RunAsync(
            TimeSpan.FromSeconds(5),
            _ =>
            {
                rounds.Writer.TryWrite(++count);
                throw new InvalidOperationException("The file is gone.");
            },
            clock,
            "test",
            NullLogger.Instance,
            stop.Token);

        Assert.Equal(1, await rounds.Reader.ReadAsync(Cancelled));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await rounds.Reader.ReadAsync(Cancelled));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }
}
