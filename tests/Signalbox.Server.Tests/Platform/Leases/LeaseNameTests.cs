using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Platform.Leases;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

public sealed class LeaseNameTests
{
    [Fact]
    public void ANameIsATextOfAllowedCharactersWithinItsLength() => Prop.ForAll<string>(static text =>
    {
        const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-";
        var fits = text is { Length: > 0 and <= 200 } && text.All(static character => Allowed.Contains(character, StringComparison.Ordinal));

        return LeaseName.TryParse(text, out var name) == fits && (fits ? name.ToString() == text : name == default);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void EveryCharacterIsDecidedAboutByItself()
    {
        var random = new Random(38);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Create(random.Next(1, 260), random, static (span, random) =>
            {
                foreach (ref var character in span)
                {
                    character = (char)random.Next(32, 128);
                }
            });
            var fits = text.Length <= LeaseName.MaxLength && text.All(static character => LeaseName.TryParse(character.ToString(), out _));

            Assert.Equal(fits, LeaseName.TryParse(text, out _));
        }
    }

    [Fact]
    public void ATextThatIsNoNameIsABug() => Assert.Throws<ArgumentException>(() => LeaseName.Of("two words"));
}
