using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Identity.Tokens;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Tokens;

public sealed class TokenSecretTests
{
    [Fact]
    public void WhatIsMadeIsWellFormedAndNeverTheSame()
    {
        var secrets = Enumerable.Range(0, 1000).Select(static _ => TokenSecret.Create()).ToList();

        Assert.All(secrets, static secret => Assert.True(TokenSecret.IsWellFormed(secret)));
        Assert.All(secrets, static secret => Assert.Matches("^sbx_[A-Za-z0-9_-]{48}$", secret));
        Assert.Equal(1000, secrets.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void AnyOneCharacterMistypedIsNoticed() => Prop.ForAll(
        Gen.Choose(TokenSecret.Start.Length, TokenSecret.Length - 1).ToArbitrary(),
        static position =>
        {
            var secret = TokenSecret.Create().ToCharArray();
            secret[position] = secret[position] == 'A' ? 'B' : 'A';
            return !TokenSecret.IsWellFormed(secret);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void NoTextBreaksTheCheck() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        static text => !TokenSecret.IsWellFormed(text) && !TokenSecret.IsWellFormed(TokenSecret.Start + text)).QuickCheckThrowOnFailure();

    [Fact]
    public void NoTextOfATokensLengthBreaksTheCheck() => Prop.ForAll(
        Gen.ArrayOf(ArbMap.Default.GeneratorFor<char>(), TokenSecret.Length - TokenSecret.Start.Length).ToArbitrary(),
        static text => !TokenSecret.IsWellFormed(TokenSecret.Start + new string(text))).QuickCheckThrowOnFailure();
}
