using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

/// <summary>Feeds a parser random bytes and damaged copies of valid inputs.</summary>
internal static class Mutations
{
    /// <summary>No input of a few kilobytes may make a parser allocate more than this.</summary>
    private const long MaxAllocatedBytes = 32 * 1024 * 1024;

    /// <summary>Runs the parser on many inputs; it must either succeed or throw the format's own exception, in bounded memory.</summary>
    public static void Feed(Action<byte[]> parse, int seed, int rounds, params byte[][] valid)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var input = round % 4 == 0 ? RandomBytes(random) : Damage(random, valid[random.Next(valid.Length)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                parse(input);
            }
            catch (WireFormatException)
            {
                // What a damaged input should end in.
            }
            catch (Exception exception)
            {
                Assert.Fail($"Round {round}: {exception.GetType()} on {Convert.ToHexString(input)}: {exception}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Damage(Random random, byte[] valid)
    {
        var bytes = new List<byte>(valid);
        for (var count = random.Next(1, 6); count > 0 && bytes.Count > 0; count--)
        {
            var position = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(position, random.Next(bytes.Count - position));
                    break;
                case 3:
                    bytes.InsertRange(position, bytes.GetRange(position, random.Next(Math.Min(40, bytes.Count - position))));
                    break;
                default:
                    bytes[position] = valid[random.Next(valid.Length)];
                    break;
            }
        }

        return [.. bytes];
    }
}
