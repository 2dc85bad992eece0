namespace Signalbox.Scheduling;

/// <summary>A hash that never changes between processes, machines and versions, for spreading work deterministically.</summary>
internal static class StableHash
{
    /// <summary>64 well-mixed bits of a text and a number.</summary>
    /// <remarks>FNV-1a over the UTF-16 code units, finished with the 64-bit mix of MurmurHash3. Source: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-17</remarks>
    public static ulong Of(string text, long salt)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        hash ^= Mix((ulong)salt + 0x9E3779B97F4A7C15UL);
        return Mix(hash);
    }

    /// <summary>An even share of [0, <paramref name="range"/>).</summary>
    public static long Below(ulong hash, long range) => (long)Math.BigMul(hash, (ulong)range, out _);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }
}
