using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Audit.Merkle;
using Xunit;

namespace Signalbox.Audit.Tests.Merkle;

/// <summary>The definitions of RFC 6962 written down as they stand there, slow and obvious.</summary>
internal sealed class NaiveTree(int size) : ITileReader
{
    private readonly byte[][] _leaves = [.. Enumerable.Range(0, size).Select(LeafOf)];
    private readonly Dictionary<(int, int), byte[]> _known = [];

    public static byte[] LeafOf(int index) => SHA256.HashData([0, .. Encoding.ASCII.GetBytes(FormattableString.Invariant($"entry {index}"))]);

    public byte[] Leaf(int index) => _leaves[index];

    /// <summary>MTH(D[start:end]).</summary>
    public byte[] Root(int start, int end)
    {
        if (end == start)
        {
            return SHA256.HashData([]);
        }

        if (end - start == 1)
        {
            return _leaves[start];
        }

        if (!_known.TryGetValue((start, end), out var root))
        {
            var k = Left(end - start);
            _known[(start, end)] = root = SHA256.HashData([1, .. Root(start, start + k), .. Root(start + k, end)]);
        }

        return root;
    }

    /// <summary>PATH(index, D[start:end]).</summary>
    public IReadOnlyList<byte[]> Inclusion(int index, int start, int end)
    {
        if (end - start == 1)
        {
            return [];
        }

        var k = start + Left(end - start);
        return index < k ? [.. Inclusion(index, start, k), Root(k, end)] : [.. Inclusion(index, k, end), Root(start, k)];
    }

    /// <summary>SUBTREE_SUBPROOF(start, end, D[low:high], known); with start 0 it is SUBPROOF of RFC 6962.</summary>
    public IReadOnlyList<byte[]> Consistency(int start, int end, int low, int high, bool known = true)
    {
        if (start == low && end == high)
        {
            return known ? [] : [Root(low, high)];
        }

        var k = low + Left(high - low);
        return end <= k ? [.. Consistency(start, end, low, k, known), Root(k, high)]
            : start >= k ? [.. Consistency(start, end, k, high, known), Root(low, k)]
            : [.. Consistency(k, end, k, high, false), Root(low, k)];
    }

    public Task<IReadOnlyList<byte[]>> FullTilesAsync(int level, long first, int count, CancellationToken cancellationToken)
    {
        var width = 1 << (8 * level);
        return Task.FromResult<IReadOnlyList<byte[]>>([.. Enumerable.Range((int)first, count).Select(number =>
        {
            Assert.True((number + 1L) * 256 * width <= _leaves.Length, "The tile is not full.");
            return Enumerable.Range(number * 256, 256).SelectMany(i => Root(i * width, (i + 1) * width)).ToArray();
        })]);
    }

    public Task<byte[]> EdgeLeavesAsync(long first, int count, CancellationToken cancellationToken)
    {
        Assert.Equal(0, first % 256);
        Assert.True(first + 256 > _leaves.Length, "These leaves are in a full tile.");
        return Task.FromResult(Enumerable.Range((int)first, count).SelectMany(i => _leaves[i]).ToArray());
    }

    private static int Left(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
