using FsCheck;
using FsCheck.Fluent;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Settings.Tests;

public sealed class UnitTextTests
{
    [Theory]
    [InlineData("15d", 15 * 86_400_000L)]
    [InlineData("1h30m", 5_400_000L)]
    [InlineData("1w", 7 * 86_400_000L)]
    [InlineData("250ms", 250L)]
    [InlineData("0", 0L)]
    public void ReadsDurations(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("1m1h")]
    [InlineData("1m1m")]
    [InlineData("-1m")]
    [InlineData("1.5h")]
    [InlineData("99999999999999999999d")]
    [InlineData("999999999999999y")]
    public void RefusesWhatIsNoDuration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void WhatIsFormattedReadsBackTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>().Generator.Select(Math.Abs).ToArbitrary(),
        milliseconds => DurationText.TryParse(DurationText.Format(TimeSpan.FromMilliseconds(milliseconds)), out var back) && back.TotalMilliseconds == milliseconds)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("10GB", 10L << 30)]
    [InlineData("1.5KiB", 1536L)]
    [InlineData("4096", 4096L)]
    [InlineData("7B", 7L)]
    public void ReadsSizes(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out var size));
        Assert.Equal(bytes, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1KiB")]
    [InlineData("10 GiBs")]
    [InlineData("99999999999TiB")]
    public void RefusesWhatIsNoSize(string text) => Assert.False(SizeText.TryParse(text, out _));
}
