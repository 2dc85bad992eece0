using System.Security.Cryptography;
using System.Text;
using Signalbox.Runner.Platforms;
using Xunit;

namespace Signalbox.Runner.Tests.Platforms;

/// <summary>What is computed without the system's cryptographic library.</summary>
public sealed class IdHashTests
{
    [Fact]
    public void IsSha256AtEveryLengthAroundABlock()
    {
        for (var length = 0; length <= 300; length++)
        {
            var text = string.Create(length, length, static (characters, seed) =>
            {
                for (var index = 0; index < characters.Length; index++)
                {
                    characters[index] = (char)(32 + (((index * 31) + seed) % 700));
                }
            });

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), IdHash.Of(text));
        }
    }

    [Fact]
    public void GivesBytesThatDifferEachTime() => Assert.NotEqual(SystemRandom.Bytes(16), SystemRandom.Bytes(16));

    [Fact]
    public void GivesAsManyBytesAsAreAskedFor() => Assert.Equal(33, SystemRandom.Bytes(33).Length);
}
