using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

/// <summary>Whatever comes over the log, in whatever order: what is missing in it is exactly what its gap records say.</summary>
public sealed class LossPropertyTests : IAsyncDisposable
{
    private static readonly string[] Tenants = ["acme", "blue"];
    private static readonly SequencingOptions Options = SequencingOptions.Default with { QueueEvents = 120, BatchEvents = 50, DrainLimit = TimeSpan.Zero };

    private readonly AuditStoreUnderTest _place = AuditStoreUnderTest.For("sqlite");
    private readonly FakeClock _clock = new();
    private readonly Dictionary<string, List<string>> _standard = Tenants.ToDictionary(static tenant => tenant, static _ => new List<string>(), StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _mandatory = Tenants.ToDictionary(static tenant => tenant, static _ => new List<string>(), StringComparer.Ordinal);
    private Random _random = new(0);
    private AuditInstance? _instance;
    private int _failures;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task TheCountOfTheGapRecordsIsTheLossOfAnySequenceOfOverflowsOutagesAndStops(int seed)
    {
        _random = new Random(20260400 + seed);
        _instance = AuditInstance.Open(_place, Options, _clock);
        for (var step = 0; step < 60; step++)
        {
            await StepAsync(step);
            _clock.Advance(TimeSpan.FromSeconds(_random.Next(20)));
        }

        await HideAsync(hide: false);

        // Logs that were given up are left alone for a while, and gaps of the last batch are told by the next.
        for (var round = 0; round < 2; round++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await _instance.SequenceAsync(Cancellation);
        }

        Assert.False(_instance.Losses.Any);
        Assert.True(_failures > 0, "No attempt to write failed, so nothing was tried.");
        var lost = await AssertAccountedAsync("acme") + await AssertAccountedAsync("blue");
        Assert.True(lost > 0, "Nothing was lost, so nothing was tried.");
    }

    public async ValueTask DisposeAsync()
    {
        await (_instance?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _place.DisposeAsync();
    }

    private async Task StepAsync(int step)
    {
        switch (_random.Next(8))
        {
            case 0 or 1 or 2:
                RecordSome(step);
                break;
            case 3:
                var tenant = Tenants[_random.Next(Tenants.Length)];
                _mandatory[tenant].Add($"mandatory-{step}");
                await _instance!.Trail.RecordAsync(AuditInstance.Mandatory($"mandatory-{step}", tenant), Cancellation);
                break;
            case 4:
                await HideAsync(hide: _random.Next(3) > 0);
                break;
            case 5 when _random.Next(3) == 0:
                await StartAgainAsync();
                break;
            default:
                await SequenceAsync(_random.Next(1, 8));
                break;
        }
    }

    /// <returns>How many events the tenant lost.</returns>
    private async Task<long> AssertAccountedAsync(string tenant)
    {
        var (standard, mandatory) = (_standard[tenant], _mandatory[tenant]);
        var bodies = (await LogChecks.AssertWholeAsync(_instance!.Audit, tenant, Cancellation)).Select(static body => JsonDocument.Parse(body).RootElement).ToList();
        var gaps = bodies.Where(static body => body.GetProperty("class").GetString() == "gap").Sum(static body => body.GetProperty("data").GetProperty("count").GetInt64());
        var kept = bodies.Where(static body => body.GetProperty("class").GetString() != "gap").Select(static body => body.GetProperty("resource").GetProperty("id").GetString()!).ToList();
        Assert.Equal(kept.Count, kept.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(mandatory.Except(kept, StringComparer.Ordinal));
        Assert.Empty(kept.Except(standard.Concat(mandatory), StringComparer.Ordinal));
        Assert.Equal(standard.Count - kept.Intersect(standard, StringComparer.Ordinal).Count(), gaps);
        return gaps;
    }

    private void RecordSome(int step)
    {
        for (var number = _random.Next(1, 90); number > 0; number--)
        {
            var tenant = Tenants[_random.Next(Tenants.Length)];
            _standard[tenant].Add($"standard-{step}-{number}");
            _instance!.Trail.Record(AuditInstance.Event($"standard-{step}-{number}", tenant));
        }
    }

    private async Task SequenceAsync(int attempts)
    {
        try
        {
            while (attempts-- > 0)
            {
                await _instance!.Sequencer.RunOnceAsync(Cancellation);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failures++;
        }
    }

    /// <summary>A stop that has no time to write what waits, and the next start.</summary>
    private async Task StartAgainAsync()
    {
        await _instance!.Services.GetServices<IHostedService>().OfType<SequencerLoop>().Single().StopAsync(Cancellation);
        await _instance.DisposeAsync();
        _instance = AuditInstance.Open(_place, Options, _clock);
        _instance.Losses.Load();
    }

    /// <summary>Takes the table away, so that nothing can be written, or brings it back.</summary>
    private Task HideAsync(bool hide) => _instance!.Audit.WriteAsync(
        async session =>
        {
            var (from, to) = hide ? ("audit_events", "hidden") : ("hidden", "audit_events");
            if (await session.ValueAsync<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @from", new { from }) == 1)
            {
                await session.ExecuteAsync($"ALTER TABLE {from} RENAME TO {to}");
            }
        },
        Cancellation);
}
