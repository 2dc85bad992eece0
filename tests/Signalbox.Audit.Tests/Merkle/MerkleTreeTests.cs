using System.Security.Cryptography;
using Signalbox.Server.Audit.Merkle;
using Xunit;

namespace Signalbox.Audit.Tests.Merkle;

public sealed class MerkleTreeTests
{
    [Fact]
    public void TheEmptyTreesRootIsTheHashOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.EmptyRoot));

    [Fact]
    public void AnEmptyLeafIsToldFromTheEmptyTree() =>
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Convert.ToHexStringLower(MerkleTree.LeafHash([])));

    [Theory]
    [InlineData(1)]
    [InlineData(54)]
    [InlineData(55)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(65_535)]
    public void ALeafsHashIsThatOfAZeroAndItsBytes(int length)
    {
        var entry = new byte[length];
        new Random(length).NextBytes(entry);

        Assert.Equal(SHA256.HashData([0, .. entry]), MerkleTree.LeafHash(entry));
    }

    [Fact]
    public void ANodesHashIsThatOfAOneAndBothChildren()
    {
        var (left, right) = (MerkleTree.LeafHash([1]), MerkleTree.LeafHash([2]));

        Assert.Equal(SHA256.HashData([1, .. left, .. right]), MerkleTree.NodeHash(left, right));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 6, true)]
    [InlineData(4, 7, true)]
    [InlineData(8, 16, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 3, false)]
    [InlineData(2, 6, false)]
    [InlineData(-2, -1, false)]
    [InlineData(0, long.MaxValue, true)]
    public void KnowsWhatASubtreeIs(long start, long end, bool expected) => Assert.Equal(expected, MerkleTree.IsSubtree(start, end));
}
