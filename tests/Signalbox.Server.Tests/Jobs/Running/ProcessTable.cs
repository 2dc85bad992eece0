using System.Globalization;
using Signalbox.Testing.Clock;

namespace Signalbox.Server.Tests.Jobs.Running;

/// <summary>What the kernel says of the processes of this machine.</summary>
internal static class ProcessTable
{
    /// <summary>Processes of a group that are not merely waiting to be collected by their parent.</summary>
    public static IReadOnlyList<string> OfGroup(int group) => [.. All().Where(process => process.Group == group && process.State != 'Z').Select(static process => process.Line)];

    public static IReadOnlyList<string> ZombiesOf(int parent) => [.. All().Where(process => process.Parent == parent && process.State == 'Z').Select(static process => process.Line)];

    /// <summary>Processes that carry a run's mark.</summary>
    public static IReadOnlyList<string> Marked(string executionId) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Where(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "environ")).Contains($"SIGNALBOX_RUN={executionId}.", StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];

    public static Task GroupEndsAsync(int group, CancellationToken cancellationToken) =>
        Eventually.HoldsAsync($"group {group} ended ({string.Join("; ", OfGroup(group))})", () => Task.FromResult(OfGroup(group).Count == 0), cancellationToken);

    private static IEnumerable<(char State, int Parent, int Group, string Line)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue;
            }

            // pid (name) state parent group …; a name may hold anything, so the last parenthesis counts.
            var rest = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            yield return (rest[0][0], int.Parse(rest[1], CultureInfo.InvariantCulture), int.Parse(rest[2], CultureInfo.InvariantCulture), line.Trim());
        }
    }
}
