using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Platform;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Anchors;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private readonly FakeClock _clock = new();
    private TestServer _log = null!;
    private HookServer _hook = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hook = await HookServer.StartAsync(Cancellation);
        _log = await StartAsync("1m");
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task GetsTheCheckpointSignedAsStandardWebhooksHaveIt()
    {
        var head = await AnchorScene.RecordAsync(_log);

        await Rounds($"whsec_{Key}").RunOnceAsync(Cancellation);

        var call = Assert.Single(_hook.Calls);
        Assert.Equal(("POST", "text/plain; charset=utf-8", head.Checkpoint), (call.Method, call.ContentType, call.Body));
        var (id, time) = (call.Headers["webhook-id"], call.Headers["webhook-timestamp"]);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"audit-default-{head.Size}"), id);
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(time, CultureInfo.InvariantCulture), 0, 600);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{id}.{time}.{call.Body}"))), call.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task IsSentNoSignatureWithoutAKey()
    {
        await AnchorScene.RecordAsync(_log);
        await Rounds().RunOnceAsync(Cancellation);

        Assert.DoesNotContain(Assert.Single(_hook.Calls).Headers.Keys, static name => name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(410)]
    public async Task IsTriedAgainEverLaterAfterAnyAnswerButASuccess(int status)
    {
        var rounds = Rounds();
        await AnchorScene.RecordAsync(_log);
        _hook.Answer = status;

        Assert.Equal(1, await CallsAfterAsync(rounds, TimeSpan.Zero));
        Assert.Equal(1, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(4)));
        Assert.Equal(2, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(1)));
        Assert.Equal(2, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(9)));
        _hook.Answer = 200;
        Assert.Equal(3, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(1)));
        Assert.Equal(3, await CallsAfterAsync(rounds, TimeSpan.FromHours(1)));
        Assert.Single(_hook.Calls.Select(static call => call.Body).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task IsAskedOnceAnIntervalHoweverFastTheLogGrows()
    {
        var rounds = Rounds();
        await AnchorScene.RecordAsync(_log);
        Assert.Equal(1, await CallsAfterAsync(rounds, TimeSpan.Zero));
        await AnchorScene.RecordAsync(_log);
        Assert.Equal(1, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(59)));
        Assert.Equal(2, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task IsGivenUpOnWhenItDoesNotAnswerInTime()
    {
        await using var hasty = await StartAsync("3s");
        var rounds = Rounds(log: hasty);
        await AnchorScene.RecordAsync(hasty);
        _hook.Answer = null;

        Assert.Equal(1, await CallsAfterAsync(rounds, TimeSpan.Zero));
        _hook.Answer = 204;
        Assert.Equal(2, await CallsAfterAsync(rounds, TimeSpan.FromSeconds(5)));
        Assert.Equal(2, await CallsAfterAsync(rounds, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task ThatLagsShowsInTheReadinessAndInTheMetrics()
    {
        var rounds = Rounds();
        var readiness = _log.Services.GetRequiredService<Readiness>();
        using var client = _log.Client(_log.AdminToken);
        await AnchorScene.RecordAsync(_log);
        _hook.Answer = 500;
        await CallsAfterAsync(rounds, TimeSpan.Zero);
        await CallsAfterAsync(rounds, TimeSpan.FromMinutes(5));
        Assert.Null(readiness.Notes);

        await CallsAfterAsync(rounds, TimeSpan.FromSeconds(1));
        Assert.Contains("an anchor of the audit log lags", await client.GetStringAsync("/-/ready", Cancellation), StringComparison.Ordinal);
        var late = await client.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("signalbox_audit_anchor_age_seconds 301", late, StringComparison.Ordinal);
        Assert.Contains("signalbox_audit_anchor_failures_total 2", late, StringComparison.Ordinal);
        _hook.Answer = 200;
        await CallsAfterAsync(rounds, TimeSpan.FromMinutes(10));

        Assert.Null(readiness.Notes);
        var right = await client.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("signalbox_audit_anchor_age_seconds 0", right, StringComparison.Ordinal);
        Assert.Contains("signalbox_audit_anchored_total 1", right, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(string timeout) =>
        TestServer.StartAsync(Cancellation, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.anchor_timeout"] = timeout } });

    private AnchorRounds Rounds(string key = "", TestServer? log = null)
    {
        Assert.Null(AnchorTarget.TryParse($"webhook {_hook.Address} {key}", "/", out var target));
        return AnchorScene.RoundsOf(log ?? _log, target!, _clock);
    }

    private async Task<int> CallsAfterAsync(AnchorRounds rounds, TimeSpan wait)
    {
        _clock.Advance(wait);
        await rounds.RunOnceAsync(Cancellation);
        return _hook.Calls.Count;
    }
}
