using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Audit.Merkle;
using Xunit;

namespace Signalbox.Audit.Tests.Merkle;

public sealed class ProofTests
{
    private const int Exhaustive = 70;

    private static readonly NaiveTree Large = new(67_000);

    [Fact]
    public async Task ProvesEachLeafOfEachSmallTree()
    {
        for (var size = 1; size <= Exhaustive; size++)
        {
            var tree = new NaiveTree(size);
            for (var index = 0; index < size; index++)
            {
                var proof = await new ProofBuilder(tree, size).InclusionAsync(index, size, TestContext.Current.CancellationToken);
                Assert.Equal(tree.Inclusion(index, 0, size), proof);
                Assert.Equal(proof.Count, InclusionProof.Length(index, size));
                Assert.True(InclusionProof.Verify(index, size, tree.Leaf(index), proof, tree.Root(0, size)));
            }
        }
    }

    [Fact]
    public async Task ProvesEachSmallTreeToBeTheBeginningOfEachLaterOne()
    {
        var tree = new NaiveTree(Exhaustive);
        for (var to = 1; to <= Exhaustive; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var proof = await new ProofBuilder(tree, Exhaustive).ConsistencyAsync(from, to, TestContext.Current.CancellationToken);
                Assert.Equal(tree.Consistency(0, from, 0, to), proof);
                Assert.True(ConsistencyProof.Verify(from, to, proof, tree.Root(0, from), tree.Root(0, to)));
            }
        }
    }

    [Fact]
    public async Task ProvesEachSubtreeToBePartOfTheTree()
    {
        var tree = new NaiveTree(Exhaustive);
        var subtrees = from start in Enumerable.Range(0, Exhaustive)
                       from end in Enumerable.Range(start + 1, Exhaustive - start)
                       where MerkleTree.IsSubtree(start, end)
                       select (start, end);
        foreach (var (start, end) in subtrees)
        {
            var proof = await new ProofBuilder(tree, Exhaustive).SubtreeConsistencyAsync(start, end, Exhaustive, TestContext.Current.CancellationToken);
            Assert.Equal(tree.Consistency(start, end, 0, Exhaustive), proof);
            Assert.True(ConsistencyProof.VerifySubtree(start, end, Exhaustive, proof, tree.Root(start, end), tree.Root(0, Exhaustive)));
            Assert.True(InclusionProof.VerifySubtree(end - 1, start, end, tree.Leaf(end - 1), tree.Inclusion(end - 1, start, end), tree.Root(start, end)));
        }
    }

    [Fact]
    public void ProvesWhatItWillInLargeTrees() => Prop.ForAll(
        Pairs(67_000).ToArbitrary(),
        static pair => ProvesLargeAsync(pair.From, pair.To).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void RefusesEveryProofThatIsNotExactlyRight() => Prop.ForAll(
        Pairs(400).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        static (pair, seed) => Refuses(pair.From, pair.To, new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public async Task RemembersTheRootsOfTilesUnderAPartialOne()
    {
        var roots = new TileRoots();
        var first = await new ProofBuilder(Large, 67_000, roots).InclusionAsync(66_999, 67_000, TestContext.Current.CancellationToken);

        Assert.NotNull(roots.Find(0, 256));
        Assert.Equal(first, await new ProofBuilder(Large, 67_000, roots).InclusionAsync(66_999, 67_000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RefusesToProveWhatIsNotThere()
    {
        var builder = new ProofBuilder(Large, 67_000);
        var cancellationToken = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => builder.InclusionAsync(5, 5, cancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => builder.InclusionAsync(-1, 5, cancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => builder.InclusionAsync(5, 67_001, cancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => builder.ConsistencyAsync(6, 5, cancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => builder.SubtreeConsistencyAsync(1, 3, 8, cancellationToken));
        Assert.Equal(MerkleTree.EmptyRoot, await builder.RootAsync(0, cancellationToken));
        Assert.Empty(await builder.ConsistencyAsync(0, 8, cancellationToken));
    }

    private static Gen<(int From, int To)> Pairs(int largest) => Gen.Choose(1, largest).SelectMany(static to => Gen.Choose(1, to), static (to, from) => (from, to));

    private static async Task<bool> ProvesLargeAsync(int from, int to)
    {
        var builder = new ProofBuilder(Large, 67_000);
        var (fromRoot, toRoot) = (Large.Root(0, from), Large.Root(0, to));
        Assert.Equal(toRoot, await builder.RootAsync(to, CancellationToken.None));
        var consistency = await builder.ConsistencyAsync(from, to, CancellationToken.None);
        var inclusion = await builder.InclusionAsync(from - 1, to, CancellationToken.None);
        return ConsistencyProof.Verify(from, to, consistency, fromRoot, toRoot) && InclusionProof.Verify(from - 1, to, Large.Leaf(from - 1), inclusion, toRoot);
    }

    private static bool Refuses(int from, int to, Random random)
    {
        var (fromRoot, toRoot) = (Large.Root(0, from), Large.Root(0, to));
        var consistency = Large.Consistency(0, from, 0, to).ToList();
        var inclusion = Large.Inclusion(from - 1, 0, to).ToList();
        Assert.Equal(from == to, ConsistencyProof.Verify(from, to, consistency, toRoot, fromRoot));
        Assert.False(InclusionProof.Verify(from, to, Large.Leaf(from - 1), inclusion, toRoot));
        for (var attempt = 0; attempt < 8; attempt++)
        {
            Assert.False(ConsistencyProof.Verify(from, to, Altered(consistency, random), fromRoot, toRoot));
            Assert.False(InclusionProof.Verify(from - 1, to, Large.Leaf(from - 1), Altered(inclusion, random), toRoot));
        }

        return true;
    }

    private static List<byte[]> Altered(List<byte[]> proof, Random random)
    {
        var altered = proof.Select(static hash => hash.ToArray()).ToList();
        switch (altered.Count == 0 ? 0 : random.Next(5))
        {
            case 0:
                var hash = new byte[32];
                random.NextBytes(hash);
                altered.Insert(random.Next(altered.Count + 1), hash);
                break;
            case 1:
                altered.RemoveAt(random.Next(altered.Count));
                break;
            case 2:
                altered[random.Next(altered.Count)][random.Next(32)] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                altered[random.Next(altered.Count)] = [];
                break;
            default:
                altered.Add(altered[^1]);
                break;
        }

        return altered;
    }
}
