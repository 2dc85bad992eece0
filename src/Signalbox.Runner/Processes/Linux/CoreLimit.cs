using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Keeps the calling thread, and whatever it starts, to a number of cores.</summary>
/// <remarks>Source: https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html</remarks>
internal static class CoreLimit
{
    /// <summary>8,192 cores.</summary>
    private const int MaskBytes = 1024;

    /// <param name="cores">Rounded up to whole ones.</param>
    /// <returns>False when the system refuses.</returns>
    public static bool Apply(double cores)
    {
        var allowed = new byte[MaskBytes];
        if (UnixCalls.GetAffinity(0, MaskBytes, allowed) < 0)
        {
            return false;
        }

        var chosen = Choose(allowed, (int)Math.Ceiling(cores), Environment.ProcessId);
        return chosen is null || UnixCalls.SetAffinity(0, MaskBytes, chosen) == 0;
    }

    /// <summary>Takes as many of the allowed cores as are wanted, beginning somewhere else for each <paramref name="seed"/>, so that runs beside each other do not share the first.</summary>
    /// <returns>Null when there are no more than that anyway.</returns>
    internal static byte[]? Choose(ReadOnlySpan<byte> allowed, int count, int seed)
    {
        var cores = new List<int>();
        for (var core = 0; core < allowed.Length * 8; core++)
        {
            if ((allowed[core / 8] & (1 << (core % 8))) != 0)
            {
                cores.Add(core);
            }
        }

        if (count >= cores.Count)
        {
            return null;
        }

        var chosen = new byte[allowed.Length];
        for (var taken = 0; taken < count; taken++)
        {
            var core = cores[(int)(((long)seed + taken) % cores.Count)];
            chosen[core / 8] |= (byte)(1 << (core % 8));
        }

        return chosen;
    }
}
