using System.Globalization;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>alloc BYTES [STEP] [HOLD]</c>: takes memory and touches it, STEP bytes at a time with 10 ms between, says so, and keeps it for HOLD seconds.</summary>
internal static class Alloc
{
    /// <summary>What was taken stays taken.</summary>
    private static readonly List<nint> Taken = [];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var bytes = long.Parse(arguments[0], CultureInfo.InvariantCulture);
        var step = arguments.Length > 1 ? long.Parse(arguments[1], CultureInfo.InvariantCulture) : bytes;
        for (var taken = 0L; taken < bytes; taken += step)
        {
            Take((int)Math.Min(step, bytes - taken));
            await Pause.ForAsync(TimeSpan.FromMilliseconds(10));
        }

        Console.WriteLine($"allocated {bytes}");
        var hold = arguments.Length > 2 ? double.Parse(arguments[2], CultureInfo.InvariantCulture) : 0;
        await Pause.ForAsync(TimeSpan.FromSeconds(hold));
        return 0;
    }

    /// <summary>Outside the managed heap, where every page written is a page in memory.</summary>
    private static void Take(int bytes)
    {
        var memory = System.Runtime.InteropServices.Marshal.AllocHGlobal(bytes);
        for (var offset = 0; offset < bytes; offset += 4096)
        {
            System.Runtime.InteropServices.Marshal.WriteByte(memory, offset, 1);
        }

        Taken.Add(memory);
    }
}
