namespace Signalbox.Server.Audit.Search;

/// <summary>Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set where more follow.</summary>
internal static class Varint
{
    public static void Write(List<byte> target, ulong value)
    {
        while (value >= 0x80)
        {
            target.Add((byte)(value | 0x80));
            value >>= 7;
        }

        target.Add((byte)value);
    }

    /// <returns>False when the bytes end too early or the number is too long.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (var index = 0; index < source.Length && index < 10; index++)
        {
            value |= (ulong)(source[index] & 0x7F) << (index * 7);
            if (source[index] < 0x80)
            {
                source = source[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
