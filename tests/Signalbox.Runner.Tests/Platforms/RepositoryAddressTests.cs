using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Platforms;
using Xunit;

namespace Signalbox.Runner.Tests.Platforms;

public sealed class RepositoryAddressTests
{
    [Theory]
    [InlineData("https://github.com/acme/shop.git", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://token@github.com/acme/shop", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://user:pa:ss@github.com/acme/shop/", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://user:p@ss@github.com/acme/shop", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://user:pa/ss@github.com/acme/shop", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://user:pa?ss@github.com/acme/shop", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://host:8443/acme/shop.git?private_token=x#y", "https://host:8443/acme/shop", "acme/shop")]
    [InlineData("https://user:12/34@github.com/acme/shop", "https://github.com/acme/shop", "acme/shop")]
    [InlineData("https://host/@scope/shop", "https://host/@scope/shop", "@scope/shop")]
    [InlineData("ssh://git@host:22/acme/shop.git", "ssh://host:22/acme/shop.git", "acme/shop")]
    [InlineData("git@github.com:acme/web/shop.git", "git@github.com:acme/web/shop.git", "acme/web/shop")]
    [InlineData("user:secret@host:acme/shop.git", "host:acme/shop.git", "acme/shop")]
    [InlineData("file:///srv/git/shop.git", "file:///srv/git/shop.git", "shop")]
    [InlineData("/srv/git/shop.git", "/srv/git/shop.git", "shop")]
    [InlineData(@"C:\git\shop.git", @"C:\git\shop.git", "shop")]
    [InlineData("https://", "https:", null)]
    [InlineData(null, null, null)]
    public void LeavesCredentialsOutAndFindsTheName(string? address, string? clean, string? name)
    {
        Assert.Equal(clean, RepositoryAddress.OfRepository(address));
        Assert.Equal(name, RepositoryAddress.NameIn(address));
    }

    [Theory]
    [InlineData("https://alice:secret@ci.example.com:8080/job/shop@2/1?by=a@b", "https://ci.example.com:8080/job/shop@2/1?by=a@b")]
    [InlineData("https://ci.example.com:8080/job/shop@2/1", "https://ci.example.com:8080/job/shop@2/1")]
    [InlineData("https://@", "https://")]
    [InlineData("://@x", "://x")]
    public void LeavesTheRestOfARunsAddressAlone(string address, string expected) => Assert.Equal(expected, RepositoryAddress.WithoutCredentials(address));

    [Fact]
    public void NeverKeepsAPasswordWhateverStandsInIt() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        static noise =>
        {
            var password = string.Concat(noise.Get.Where(static character => !char.IsControl(character)));
            var clean = RepositoryAddress.OfRepository($"https://user:{password}SECRET@example.com/acme/shop");
            return clean?.Contains("SECRET", StringComparison.Ordinal) == false;
        }).QuickCheckThrowOnFailure();
}
