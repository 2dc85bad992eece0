using System.Net;
using Microsoft.AspNetCore.Http;
using Signalbox.Server.Platform.Http;
using Xunit;

namespace Signalbox.Audit.Tests.Requests;

public sealed class ClientAddressTests
{
    private static readonly ProxyOptions Proxies = new() { Trusted = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")] };

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "1.1.1.1, 203.0.113.7, 10.0.0.9", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "10.0.0.8, 10.0.0.9", "10.0.0.8")]
    [InlineData("X-Forwarded-For", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("X-Forwarded-For", "2001:db8::1", "2001:db8::1")]
    [InlineData("X-Forwarded-For", "fe80::1%eth0", "fe80::1")]
    [InlineData("X-Forwarded-For", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "203.0.113.7, fd00::5", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "203.0.113.7, garbage", "10.0.0.1")]
    [InlineData("X-Forwarded-For", "203.0.113.7, 010.0.0.9", "10.0.0.1")]
    [InlineData("X-Forwarded-For", "1", "10.0.0.1")]
    [InlineData("X-Forwarded-For", "", "10.0.0.1")]
    [InlineData("X-Forwarded-For", ",,", "10.0.0.1")]
    [InlineData("X-Real-IP", "203.0.113.7", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7", "203.0.113.7")]
    [InlineData("Forwarded", "For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
    [InlineData("Forwarded", "for=192.0.2.43, for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com", "198.51.100.17")]
    [InlineData("Forwarded", "proto=https ; for = 203.0.113.7", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7;by=\"a,b;for=1.1.1.1\"", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7, for=unknown", "10.0.0.1")]
    [InlineData("Forwarded", "for=203.0.113.7, for=_hidden", "10.0.0.1")]
    [InlineData("Forwarded", "for=203.0.113.7, for=\"10.0.0.9:_port\"", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7, for=\"10.0.0.9", "10.0.0.1")]
    [InlineData("Forwarded", "for=203.0.113.7;for=1.1.1.1", "10.0.0.1")]
    [InlineData("Forwarded", "for=\"203\\.0.113.7\"", "203.0.113.7")]
    public void BelievesTrustedProxiesFromRightToLeft(string name, string value, string expected)
    {
        var address = ClientAddress.Of(Proxies, IPAddress.Parse("::ffff:10.0.0.1"), new HeaderDictionary { [name] = value });

        Assert.Equal(IPAddress.Parse(expected), address.Address);
        Assert.Equal(IPAddress.Parse("10.0.0.1"), address.Peer);
        Assert.Equal(value, address.Chain);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Real-IP")]
    public void BelievesNobodyElse(string name)
    {
        var address = ClientAddress.Of(Proxies, IPAddress.Parse("192.0.2.1"), new HeaderDictionary { [name] = "203.0.113.7" });

        Assert.Equal((IPAddress.Parse("192.0.2.1"), "203.0.113.7"), (address.Address, address.Chain));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), ClientAddress.Of(new ProxyOptions(), IPAddress.Parse("192.0.2.1"), new HeaderDictionary { [name] = "203.0.113.7" }).Address);
    }

    [Fact]
    public void ReadsTheHeaderThatTheProxiesWrite()
    {
        var headers = new HeaderDictionary { ["Forwarded"] = "for=1.1.1.1", ["X-Forwarded-For"] = "203.0.113.7" };

        Assert.Equal(IPAddress.Parse("1.1.1.1"), ClientAddress.Of(Proxies with { Header = ProxyOptions.Forwarded }, IPAddress.Parse("10.0.0.1"), headers).Address);
        Assert.Equal(IPAddress.Parse("203.0.113.7"), ClientAddress.Of(Proxies with { Header = ProxyOptions.XForwardedFor }, IPAddress.Parse("10.0.0.1"), headers).Address);
    }

    [Theory]
    [InlineData("for=1.1.1.1", "203.0.113.7", null, "10.0.0.1")]
    [InlineData(null, "1.1.1.1", "203.0.113.7", "10.0.0.1")]
    [InlineData("for=203.0.113.7", "203.0.113.7", null, "203.0.113.7")]
    [InlineData("for=unknown", "203.0.113.7", null, "203.0.113.7")]
    [InlineData("for=203.0.113.7", "10.0.0.9", "10.0.0.9", "203.0.113.7")]
    [InlineData(null, "203.0.113.7, 10.0.0.9", "10.0.0.9", "203.0.113.7")]
    [InlineData("for=10.0.0.8", "10.0.0.9", null, "10.0.0.8")]
    public void BelievesNoHeaderWhereTwoNameDifferentClients(string? forwarded, string? forwardedFor, string? real, string expected)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in new[] { ("Forwarded", forwarded), ("X-Forwarded-For", forwardedFor), ("X-Real-IP", real) })
        {
            if (value is not null)
            {
                headers[name] = value;
            }
        }

        var address = ClientAddress.Of(Proxies, IPAddress.Parse("10.0.0.1"), headers);

        Assert.Equal(IPAddress.Parse(expected), address.Address);
        Assert.All(headers, header => Assert.Contains($"{header.Key}: {header.Value}", address.Chain, StringComparison.Ordinal));
    }

    [Fact]
    public void NoHeaderPushesAnotherOutOfTheRecord()
    {
        var address = ClientAddress.Of(Proxies, IPAddress.Parse("10.0.0.1"), new HeaderDictionary { ["Forwarded"] = "for=1.1.1.1;by=" + new string('x', 100_000), ["X-Forwarded-For"] = "203.0.113.7" });

        Assert.InRange(address.Chain!.Length, 500, 1_024);
        Assert.EndsWith("X-Forwarded-For: 203.0.113.7", address.Chain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void AWholeNetworkOfIpVersionSixIsOneSubscriber(string address, string expected) => Assert.Equal(expected, AddressText.Subscriber(IPAddress.Parse(address)));

    [Fact]
    public void KeepsTheNearEndOfALongChain()
    {
        var address = ClientAddress.Of(Proxies, IPAddress.Parse("10.0.0.1"), new HeaderDictionary { ["X-Forwarded-For"] = new string('x', 100_000) + ",203.0.113.7" });

        Assert.Equal(1_024, address.Chain!.Length);
        Assert.EndsWith(",203.0.113.7", address.Chain, StringComparison.Ordinal);
    }

    [Fact]
    public void NoHeaderMakesItFail()
    {
        var random = new Random(7239);
        const string Alphabet = "for=by;,\"\\[]:.%_0123456789abcdefunknown ";
        string[] names = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];
        for (var round = 0; round < 50_000; round++)
        {
            var value = string.Create(random.Next(48), random, static (span, source) =>
            {
                foreach (ref var character in span)
                {
                    character = Alphabet[source.Next(Alphabet.Length)];
                }
            });
            Assert.NotNull(ClientAddress.Of(Proxies, IPAddress.Parse("10.0.0.1"), new HeaderDictionary { [names[round % 3]] = value }).Address);
        }
    }
}
