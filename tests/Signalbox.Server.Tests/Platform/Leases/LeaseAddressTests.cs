using Signalbox.Server.Platform.Leases;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

public sealed class LeaseAddressTests
{
    [Theory]
    [InlineData("database", "database")]
    [InlineData("redis://cache", "redis://cache:6379")]
    [InlineData("redis://:secret@cache:7000/3", "redis://cache:7000")]
    [InlineData("rediss://a:1,b:2,c", "rediss://a:1,b:2,c:6379")]
    [InlineData("etcd://127.0.0.1", "etcd://127.0.0.1:2379")]
    [InlineData("etcds://user:p%40ss@[::1]:1,[fe80::1]", "etcds://[::1]:1,[fe80::1]:2379")]
    public void AnAddressIsReadAndWrittenWithoutItsPassword(string text, string written)
    {
        Assert.True(LeaseAddress.TryParse(text, out var address, out _));

        Assert.Equal(written, address.ToString());
    }

    [Fact]
    public void UserPasswordAndNumberAreTakenOut()
    {
        Assert.True(LeaseAddress.TryParse("etcd://us%3Aer:p%40ss:word@host", out var etcd, out _));
        Assert.True(LeaseAddress.TryParse("redis://:secret@host/7", out var redis, out _));

        Assert.Equal(("us:er", "p@ss:word"), (etcd.User, etcd.Password));
        Assert.Equal((null, "secret", 7), (redis.User, redis.Password, redis.Number));
        Assert.False(etcd.Tls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database")]
    [InlineData("http://host")]
    [InlineData("redis:host")]
    [InlineData("redis://")]
    [InlineData("redis://a,,b")]
    [InlineData("redis://host:0")]
    [InlineData("redis://host:65536")]
    [InlineData("redis://host:+1")]
    [InlineData("redis://host/x")]
    [InlineData("redis://host/1024")]
    [InlineData("redis://ho st")]
    [InlineData("etcd://host/1")]
    [InlineData("etcd://[::1")]
    [InlineData("etcd://[::1]2379")]
    [InlineData("etcd://a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")]
    public void WhatIsNoAddressIsToldWhy(string text)
    {
        Assert.False(LeaseAddress.TryParse(text, out _, out var problem));

        Assert.EndsWith(".", problem.TrimEnd(')'), StringComparison.Ordinal);
    }

    [Fact]
    public void AnyTextIsAnAddressOrIsRefused()
    {
        const string Alphabet = "redistc://@:,[]%/0123456789abz. \u00e9";
        var random = new Random(38);
        for (var round = 0; round < 20_000; round++)
        {
            var text = (round % 3) switch { 0 => "redis://", 1 => "etcds://", _ => string.Empty }
                + string.Create(random.Next(0, 40), random, static (span, random) =>
                {
                    foreach (ref var character in span)
                    {
                        character = Alphabet[random.Next(Alphabet.Length)];
                    }
                });
            if (LeaseAddress.TryParse(text, out var address, out _))
            {
                Assert.True(LeaseAddress.TryParse(address.ToString(), out var again, out _));
                Assert.Equal(address.Endpoints, again.Endpoints);
            }
        }
    }

    [Theory]
    [InlineData("locks.provider", "redis://user:secret@host", "without a user's name")]
    [InlineData("locks.provider", "etcd://user@host", "a user and a password")]
    [InlineData("locks.provider", "zookeeper://host", "Write database")]
    [InlineData("locks.prefix", "a/b", "at most 50")]
    [InlineData("locks.timeout", "50ms", "100ms")]
    [InlineData("locks.held", "0", "whole number")]
    public void SettingsThatCannotBeAreToldWithTheirKey(string key, string value, string part)
    {
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }, new Dictionary<string, string>(StringComparer.Ordinal), null));

        LeaseOptions.Read(settings);

        var error = Assert.Single(settings.Errors);
        Assert.Equal(key, error.Key);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePasswordCanStandInTheEnvironmentAlone()
    {
        var settings = new SettingsReader(new SettingsSources(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["locks.provider"] = "redis://host" },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_LOCKS__PASSWORD"] = "secret" },
            null));

        Assert.Equal("secret", LeaseOptions.Read(settings).Provider.Password);
        Assert.Empty(settings.Errors);
    }
}
