using System.Globalization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Processes;

/// <summary>Tells of processes that outlived their command.</summary>
internal static class LeftBehind
{
    /// <param name="count">How many were ended; of none nothing is told.</param>
    public static void Tell(int count, Action<RunnerEventKind, string, (string Name, string Value)[]> tell)
    {
        if (count > 0)
        {
            tell(
                RunnerEventKind.StragglersEnded,
                string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "process" : "processes")} outlived the command and {(count == 1 ? "was" : "were")} ended."),
                [("count", count.ToString(CultureInfo.InvariantCulture))]);
        }
    }
}
