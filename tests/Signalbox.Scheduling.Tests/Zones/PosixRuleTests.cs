using Xunit;

namespace Signalbox.Scheduling.Tests.Zones;

public sealed class PosixRuleTests
{
    [Theory]

    // Fridays before Sundays, times beyond midnight, times before it, days of the year, years that are all summer.
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T00:59:59", 3600, 7200)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "2050-10-30T00:59:59", 7200, 3600)]
    [InlineData("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-24T23:59:59", 7200, 10_800)]
    [InlineData("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2050-09-04T03:59:59", -14_400, -10_800)]
    [InlineData("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59", -7200, -3600)]
    [InlineData("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-10-01T15:29:59", 37_800, 39_600)]
    [InlineData("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-03-27T00:59:59", 0, 3600)]
    [InlineData("AAA0BBB,J60/0,J300/0", "2048-02-29T23:59:59", 0, 3600)]
    [InlineData("AAA0BBB,59/0,J300/0", "2048-02-28T23:59:59", 0, 3600)]
    [InlineData("<+0545>-5:45", "2050-03-27T00:59:59", 20_700, 20_700)]
    [InlineData("XXX3EDT4,0/0,J365/23", "2050-12-31T23:59:59", -14_400, -14_400)]
    public void TheOffsetChangesAtTheSecondThatTheRuleNames(string rule, string last, int before, int after)
    {
        var utc = Schedules.At(last).UtcTicks / TimeSpan.TicksPerSecond;

        Assert.Equal((before, after), (PosixRule.Parse(rule).OffsetAt(utc), PosixRule.Parse(rule).OffsetAt(utc + 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CET")]
    [InlineData("CET-1CEST")]
    [InlineData("CET-1CEST,M3.5.0")]
    [InlineData("CET-1CEST,M3.5,M10.5.0")]
    [InlineData("CET-1CEST,M13.5.0,M10.5.0")]
    [InlineData("<CET-1")]
    public void WhatIsNoRuleIsRefused(string text) => Assert.Throws<FormatException>(() => PosixRule.Parse(text));

    [Fact]
    public void ADamagedFileIsRefusedAndNothingElse()
    {
        var file = File.ReadAllBytes("/usr/share/zoneinfo/Europe/Berlin");
        var random = new Random(6);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = file.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                damaged[random.Next(2) == 0 ? random.Next(64) : random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var cut = random.Next(2) == 0 ? damaged : damaged[..random.Next(damaged.Length)];
            var thrown = Record.Exception(() => ZoneFile.Parse(cut));
            Assert.True(thrown is null or FormatException or OverflowException, $"{thrown}");
        }
    }
}
