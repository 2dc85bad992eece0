using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Signalbox.Runner.Platforms;

/// <summary>SHA-256 of what is short and no secret: names that ids are derived from, and the beginning of a run, by whose digest the hook knows it again.</summary>
/// <remarks>
/// The runtime's own loads the system's cryptographic library, which takes a twentieth of the time that a start may take and 6 MB as long as the command runs.
/// Source: https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf (section 6.2)
/// </remarks>
internal static class IdHash
{
    private const int BlockLength = 64;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Of(string)"/>
    public static string Of(byte[] bytes)
    {
        uint[] state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        var padded = Pad(bytes);
        var words = new uint[BlockLength];
        for (var start = 0; start < padded.Length; start += BlockLength)
        {
            Expand(padded, start, words);
            Mix(state, words);
        }

        var hash = new byte[32];
        for (var index = 0; index < state.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(index * sizeof(uint)), state[index]);
        }

        return Convert.ToHexStringLower(hash);
    }

    /// <summary>A one bit, noughts, and the length in bits: whole blocks.</summary>
    private static byte[] Pad(byte[] bytes)
    {
        var padded = new byte[(bytes.Length + 9 + BlockLength - 1) / BlockLength * BlockLength];
        bytes.CopyTo(padded, 0);
        padded[bytes.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - sizeof(long)), bytes.Length * 8L);
        return padded;
    }

    private static void Expand(byte[] padded, int start, uint[] words)
    {
        for (var index = 0; index < 16; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(start + (index * sizeof(uint))));
        }

        for (var index = 16; index < words.Length; index++)
        {
            var (early, late) = (words[index - 15], words[index - 2]);
            var first = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3);
            var second = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10);
            words[index] = words[index - 16] + first + words[index - 7] + second;
        }
    }

    private static void Mix(uint[] state, uint[] words)
    {
        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (var index = 0; index < words.Length; index++)
        {
            var upper = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            var first = h + upper + ((e & f) ^ (~e & g)) + Constants[index] + words[index];
            var lower = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            var second = lower + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        uint[] worked = [a, b, c, d, e, f, g, h];
        for (var index = 0; index < state.Length; index++)
        {
            state[index] += worked[index];
        }
    }
}
