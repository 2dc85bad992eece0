using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Sequencing;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

public sealed class LogWriterTests : IAsyncDisposable
{
    private readonly AuditStoreUnderTest _place = AuditStoreUnderTest.For("sqlite");
    private readonly AuditInstance _instance;

    public LogWriterTests() => _instance = AuditInstance.Open(_place);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABatchWhoseCommitWasNotAnsweredIsNotWrittenTwice()
    {
        var batch = Batch(5);
        await CommitAsync(batch);

        // The connection broke after the commit, so the sequencer has the batch in hand still; and somebody else was faster than its second attempt.
        await CommitAsync(Batch(3));
        await CommitAsync(batch);

        Assert.Equal(8, (await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation)).Count);
        Assert.Equal([0, 1, 2, 3, 4], batch.InOrder().Select(static record => record.Sequence));
        Assert.DoesNotContain(batch.InOrder(), static record => record.IsDuplicate);
    }

    [Fact]
    public async Task ABatchThatWasRolledBackIsWrittenByTheNextAttempt()
    {
        var batch = Batch(300);
        var writer = _instance.Services.GetRequiredService<LogWriter>();
        var signer = await SignerAsync();
        var number = await NumberAsync(signer);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _instance.Audit.WriteAsync(
            async session =>
            {
                await writer.AppendAsync(session, number, batch, signer);
                throw new InvalidTimeZoneException("Anything.");
            },
            Cancellation));

        await CommitAsync(batch);

        Assert.Equal(300, (await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation)).Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        await _place.DisposeAsync();
    }

    private LogBatch Batch(int count)
    {
        var batch = new LogBatch("acme");
        for (var index = 0; index < count; index++)
        {
            batch.Add(Submission.Of(_instance.Writer.Prepare(AuditInstance.Event(), scope: null)));
        }

        return batch;
    }

    private async Task CommitAsync(LogBatch batch)
    {
        var writer = _instance.Services.GetRequiredService<LogWriter>();
        var signer = await SignerAsync();
        var number = await NumberAsync(signer);
        await _instance.Audit.WriteAsync(session => writer.AppendAsync(session, number, batch, signer), Cancellation);
        writer.Committed(batch);
    }

    private ValueTask<CheckpointSigner> SignerAsync() => _instance.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation);

    private Task<int> NumberAsync(CheckpointSigner signer) => _instance.Services.GetRequiredService<LogDirectory>().NumberOfAsync("acme", signer, Cancellation);
}
