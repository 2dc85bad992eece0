using Signalbox.Server.Audit.Merkle;
using Xunit;

namespace Signalbox.Audit.Tests.Merkle;

public sealed class TreeGrowthTests
{
    private const int Size = 1100;

    private readonly NaiveTree _naive = new(70_000);

    [Fact]
    public void ACompactRangeHasTheRootAtEachSize()
    {
        var range = CompactRange.Restore(0, []);
        for (var size = 0; size <= Size; size++)
        {
            Assert.Equal(_naive.Root(0, size), range.Root());
            Assert.Equal(size, range.Size);
            range.Append(_naive.Leaf(size));
        }
    }

    [Fact]
    public void ACompactRangeGoesOnWhereItWasLeft()
    {
        var range = CompactRange.Restore(0, []);
        for (var size = 0; size < Size; size++)
        {
            var restored = CompactRange.Restore(range.Size, range.Hashes);
            var clone = range.Clone();
            restored.Append(_naive.Leaf(size));
            range.Append(_naive.Leaf(size));
            Assert.Equal(range.Root(), restored.Root());
            Assert.Equal(size, clone.Size);
        }
    }

    [Fact]
    public void ACompactRangeRefusesTheWrongNumberOfHashes() => Assert.Throws<ArgumentException>(static () => CompactRange.Restore(3, new byte[32]));

    [Fact]
    public void ABuilderGivesEachTileWhenItIsFull()
    {
        var builder = TileBuilder.Empty();
        var tiles = new List<Tile>();
        for (var size = 0; size < 66_000; size++)
        {
            builder.Append(_naive.Leaf(size), tiles);
        }

        Assert.Equal(Enumerable.Range(0, 66_000 / 256).Select(static number => (0, (long)number)), tiles.Where(static tile => tile.Level == 0).Select(static tile => (tile.Level, tile.Number)));
        var upper = Assert.Single(tiles, static tile => tile.Level > 0);
        Assert.Equal((1, 0L), (upper.Level, upper.Number));
        Assert.Equal(_naive.Root(0, 65_536), MerkleTree.SubtreeRoot(upper.Hashes));
        Assert.All(tiles.Where(static tile => tile.Level == 0), tile => Assert.Equal(_naive.Root((int)tile.Number * 256, ((int)tile.Number + 1) * 256), MerkleTree.SubtreeRoot(tile.Hashes)));
        Assert.Equal(_naive.Root(0, 66_000), builder.Root());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(70_000)]
    public async Task ABuilderGoesOnWhereItWasLeft(int size)
    {
        var tree = new NaiveTree(size);
        var builder = await TileBuilder.RestoreAsync(size, tree, TestContext.Current.CancellationToken);

        Assert.Equal(tree.Root(0, size), builder.Root());
        var clone = builder.Clone();
        var tiles = new List<Tile>();
        builder.Append(NaiveTree.LeafOf(size), tiles);
        Assert.Equal(new NaiveTree(size + 1).Root(0, size + 1), builder.Root());
        Assert.Equal((size + 1) % 256 == 0 ? 1 + ((size + 1) % 65_536 == 0 ? 1 : 0) : 0, tiles.Count);
        Assert.Equal(tree.Root(0, size), clone.Root());
    }
}
