using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;
using Signalbox.Telemetry.Metrics.Storage.Writing;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Writing;

/// <summary>What becomes of the writer when something goes wrong between two commit groups.</summary>
public sealed class StoreWriterTests : IAsyncLifetime
{
    private const int Patience = 60_000;
    private static readonly Labels Up = Labels.From(("__name__", "up"));
    private readonly StoreFolder _folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task GoesOnWhenAFileMayNotBeDeleted()
    {
        await using var writer = Writer();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => writer.RunAsync(static () => throw new UnauthorizedAccessException("no"), TestContext.Current.CancellationToken));

        Assert.Equal(1, (await AppendAsync(writer)).Accepted);
    }

    [Fact(Timeout = Patience)]
    public async Task TellsTheCallerOfACommandThatStopsItAndRefusesWhatFollows()
    {
        await using var writer = Writer();
        await Assert.ThrowsAsync<NotSupportedException>(() => writer.RunAsync(static () => throw new NotSupportedException("a bug"), TestContext.Current.CancellationToken));

        var refused = await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => AppendAsync(writer));
        Assert.Contains("stopped after an error", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task TakesAHundredThousandSamplesOfOneSeriesBackToFront()
    {
        const int count = 150_000;
        await _folder.OpenAsync();
        var samples = Enumerable.Range(0, count).Select(step => (_folder.Now - step, (double)step)).ToArray();
        var outcome = await _folder.AppendAsync(Up, [.. samples, .. samples[..1000], (samples[^1].Item1, -1)]);

        Assert.Equal(count + 1000, outcome.Accepted);
        Assert.Equal(1, outcome.Rejected);
        Assert.Equal(samples.Reverse(), await _folder.ReadAsync(Up));
        await _folder.ReopenAsync();
        Assert.Equal(samples.Reverse(), await _folder.ReadAsync(Up));
    }

    private StoreWriter Writer()
    {
        var environment = new StoreEnvironment(_folder.Clock, _folder.Meters, NullLogger.Instance, _folder.Free);
        var log = new LogWriter(new LogFolder(Path.Combine(_folder.Path, "log")), _folder.Options.LogSegmentBytes);
        return new StoreWriter(_folder.Options, environment, new MetricStoreMetrics(_folder.Meters), new HeadSet(), log);
    }

    private async Task<AppendOutcome> AppendAsync(StoreWriter writer)
    {
        using var batch = new MetricBatch();
        batch.AddSeries(Up);
        batch.AddSample(_folder.Now, 1);
        return await writer.AppendAsync(StoreFolder.Tenant, batch, TestContext.Current.CancellationToken);
    }
}
