using Signalbox.Server.Identity.Users;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Users;

public sealed class PasswordHashTests
{
    private const int Rounds = 1000;

    [Fact]
    public void TellsTheRightPasswordFromAnyOther()
    {
        var stored = PasswordHash.Create("正确的密码 correct", Rounds);

        Assert.Equal(PasswordVerdict.Right, PasswordHash.Verify(stored, "正确的密码 correct", Rounds));
        Assert.Equal(PasswordVerdict.Wrong, PasswordHash.Verify(stored, "正确的密码 Correct", Rounds));
        Assert.Equal(PasswordVerdict.Wrong, PasswordHash.Verify(stored, string.Empty, Rounds));
    }

    [Fact]
    public void EqualPasswordsAreStoredDifferently() => Assert.NotEqual(PasswordHash.Create("the same", Rounds), PasswordHash.Create("the same", Rounds));

    [Fact]
    public void SaysWhenThePasswordShouldBeHashedAnew()
    {
        var stored = PasswordHash.Create("password", Rounds);

        Assert.Equal(PasswordVerdict.RightButWeak, PasswordHash.Verify(stored, "password", Rounds + 1));
        Assert.Equal(PasswordVerdict.Wrong, PasswordHash.Verify(stored, "another", Rounds + 1));
    }

    /// <summary>PBKDF2-HMAC-SHA256 of "passwd" with salt "salt" and one round, first 32 bytes. Source: https://www.rfc-editor.org/rfc/rfc7914#section-11</summary>
    [Fact]
    public void IsTheStandardFunction() => Assert.Equal(
        PasswordVerdict.Right,
        PasswordHash.Verify("pbkdf2-sha256$1$c2FsdA$VawEblbjCJ_sFpHCJUS2BflBhSFt3gRl5oudV8INrLw", "passwd", 1));

    [Fact]
    public void NobodysHashIsNoPasswords()
    {
        var stored = PasswordHash.Nobodys(Rounds);

        Assert.Equal(PasswordVerdict.Wrong, PasswordHash.Verify(stored, string.Empty, Rounds));
        Assert.Equal(PasswordHash.Create("x", Rounds).Length, stored.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("md5$1$c2FsdA$AAAA")]
    [InlineData("pbkdf2-sha256$many$c2FsdA$AAAA")]
    [InlineData("pbkdf2-sha256$1$c2FsdA")]
    public void AnUnknownFormIsAnErrorAndNotAWrongPassword(string stored) => Assert.Throws<FormatException>(() => PasswordHash.Verify(stored, "x", Rounds));
}
