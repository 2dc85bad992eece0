using System.Buffers.Text;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <remarks>Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html</remarks>
/// <param name="State">One letter; <c>Z</c> has ended and waits to be taken.</param>
/// <param name="Flags">The kernel's <c>PF_…</c> bits.</param>
/// <param name="OwnTicks">Processor time of the process, in ticks of 10 ms.</param>
/// <param name="ChildTicks">That of descendants that were waited for.</param>
/// <param name="Started">Ticks since the system's start: with the id, a name that is never used again.</param>
/// <param name="ResidentPages">Pages in memory.</param>
internal sealed record ProcStat(int Id, char State, int Parent, int Group, long Flags, long OwnTicks, long ChildTicks, int Threads, long Started, long ResidentPages)
{
    private const long Exiting = 0x4;
    private const long Kernel = 0x20_0000;

    /// <summary>As the kernel tells them to everybody, whatever its own.</summary>
    public const int TicksPerSecond = 100;

    /// <summary>Whether it runs no more: it is on its way out, or waits to be taken.</summary>
    public bool HasEnded => State is 'Z' or 'X' or 'x' || (Flags & Exiting) != 0;

    /// <summary>Whether it is a thread of the kernel's own.</summary>
    public bool IsKernel => (Flags & Kernel) != 0;

    /// <returns>Null when the text is not of this form.</returns>
    public static ProcStat? Parse(ReadOnlySpan<byte> text)
    {
        // The name, in brackets, may hold anything, brackets and spaces too.
        var end = text.LastIndexOf((byte)')');
        if (!Utf8Parser.TryParse(text, out int id, out var used) || used == 0 || end < 0 || text.Length < end + 4)
        {
            return null;
        }

        var state = (char)text[end + 2];
        Span<long> fields = stackalloc long[21];
        var rest = text[(end + 3)..];
        for (var field = 0; field < fields.Length; field++)
        {
            rest = rest.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(rest, out long value, out var length))
            {
                // Of the fields in between, some are unsigned and larger than this.
                if (!Utf8Parser.TryParse(rest, out ulong _, out length))
                {
                    return null;
                }

                value = long.MaxValue;
            }

            fields[field] = value;
            rest = rest[length..];
        }

        // Field n of the manual is fields[n - 4].
        return new ProcStat(id, state, (int)fields[0], (int)fields[1], fields[5], fields[10] + fields[11], fields[12] + fields[13], (int)Math.Min(fields[16], int.MaxValue), fields[18], fields[20]);
    }
}
