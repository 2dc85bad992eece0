using System.Buffers.Binary;
using System.Text;

namespace Signalbox.Scheduling.Tests.Zones;

/// <summary>A zone as the system's compiled file says it, read without the runtime's help. Source: https://www.rfc-editor.org/rfc/rfc8536</summary>
internal sealed class CompiledZone
{
    private readonly long[] _times;
    private readonly int[] _offsets;

    private CompiledZone(long[] times, int[] offsets)
    {
        _times = times;
        _offsets = offsets;
    }

    /// <summary>The last change that is written out; what comes later follows a rule that is not read here.</summary>
    public long LastChange => _times.Length == 0 ? long.MinValue : _times[^1];

    public static CompiledZone Read(string name)
    {
        var file = File.ReadAllBytes(Path.Combine(Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo", name)).AsSpan();
        var first = Header.Of(file);
        var body = file[(Header.Size + first.Length(4))..];
        var header = Header.Of(body);
        body = body[Header.Size..];
        var times = new long[header.Times];
        var offsets = new int[header.Times];
        var types = body[(header.Times * 9)..];
        for (var index = 0; index < header.Times; index++)
        {
            times[index] = BinaryPrimitives.ReadInt64BigEndian(body[(index * 8)..]);
            offsets[index] = BinaryPrimitives.ReadInt32BigEndian(types[(body[(header.Times * 8) + index] * 6)..]);
        }

        return new CompiledZone([long.MinValue, .. times], [BinaryPrimitives.ReadInt32BigEndian(types), .. offsets]);
    }

    public int OffsetAt(long unixSeconds)
    {
        var index = Array.BinarySearch(_times, unixSeconds);
        return _offsets[index >= 0 ? index : ~index - 1];
    }

    private readonly record struct Header(int Leaps, int Times, int Types, int Characters, int Walls, int Universals)
    {
        public const int Size = 44;

        public static Header Of(ReadOnlySpan<byte> at)
        {
            if (!at.StartsWith("TZif"u8) || at[4] < (byte)'2')
            {
                throw new InvalidDataException($"Not a compiled zone of version 2 or later: {Encoding.Latin1.GetString(at[..5])}");
            }

            return new Header(Number(at, 28), Number(at, 32), Number(at, 36), Number(at, 40), Number(at, 24), Number(at, 20));
        }

        public int Length(int timeSize) => (Times * (timeSize + 1)) + (Types * 6) + Characters + (Leaps * (timeSize + 4)) + Walls + Universals;

        private static int Number(ReadOnlySpan<byte> at, int offset) => BinaryPrimitives.ReadInt32BigEndian(at[offset..]);
    }
}
