using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Settings;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Sessions;

public sealed class SignInSlowdownTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly FakeClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<IdentityMetrics>().BuildServiceProvider();

    [Fact]
    public void AnAddressThatTriesManyNamesIsSlowedToo()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 21; attempt++)
        {
            Assert.Null(slowdown.Begin($"name {attempt}", Here));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), slowdown.Begin("another name", Here));
        Assert.Null(slowdown.Begin("another name", IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void AddressesOfOneSubscriberCountTogether()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 21; attempt++)
        {
            Assert.Null(slowdown.Begin(name: null, IPAddress.Parse($"2001:db8:0:1::{attempt:x}")));
        }

        Assert.NotNull(slowdown.Begin(name: null, IPAddress.Parse("2001:db8:0:1:ffff::1")));
        Assert.Null(slowdown.Begin(name: null, IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void SigningInUnderANameElsewhereForgivesNothingAtHome()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Null(slowdown.Begin("home eve", AddressOf(attempt)));
        }

        Assert.Null(slowdown.Begin("elsewhere eve", Here, "home eve"));
        slowdown.Succeeded("elsewhere eve", Here, "home eve");

        Assert.NotNull(slowdown.Begin("home eve", Here));
    }

    [Fact]
    public void TheWaitDoublesUpToAMinuteForAName()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            slowdown.Begin("eve", AddressOf(attempt));
        }

        var waits = new List<double>();
        for (var attempt = 5; attempt < 13; attempt++)
        {
            Assert.Null(slowdown.Begin("eve", AddressOf(attempt)));
            var wait = slowdown.Begin("eve", AddressOf(attempt))!.Value;
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Fact]
    public void ManyAttemptsAtOnceGainNothing()
    {
        var slowdown = Create();

        var begun = Enumerable.Range(0, 100).Count(attempt => slowdown.Begin("eve", AddressOf(attempt)) is null);

        Assert.Equal(6, begun);
    }

    [Fact]
    public void FailuresAreForgottenAfterAWhile()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            slowdown.Begin("eve", AddressOf(attempt));
        }

        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Null(slowdown.Begin("eve", Here));
        Assert.Null(slowdown.Begin("eve", Here));
    }

    [Fact]
    public void SigningInForgivesTheNameAndNotTheAddress()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.Null(slowdown.Begin($"name {attempt}", Here));
        }

        Assert.Null(slowdown.Begin("mallory", Here));
        slowdown.Succeeded("mallory", Here);

        Assert.Null(slowdown.Begin("victim", Here));
        Assert.NotNull(slowdown.Begin("victim", Here));
    }

    [Fact]
    public void TheTableStaysWithinItsBound()
    {
        var slowdown = Create();
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            slowdown.Begin($"name {attempt}", AddressOf(attempt));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(slowdown.Count, 1, 101);
    }

    public void Dispose() => _services.Dispose();

    private static IPAddress AddressOf(int number) => new(new byte[] { 10, 0, (byte)(number >> 8), (byte)number });

    private SignInSlowdown Create()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var flags = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity.sign_in.table_size"] = "100" };
        var options = IdentityOptions.Read(new SettingsReader(new SettingsSources(flags, nothing, null)));
        return new SignInSlowdown(options, _services.GetRequiredService<IdentityMetrics>(), _clock);
    }
}
