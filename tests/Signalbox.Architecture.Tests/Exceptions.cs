using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Architecture.Tests;

/// <summary>The short, argued list of what may break a rule: <c>exceptions.txt</c>, one line each, <c>rule | place | why</c>.</summary>
internal static class Exceptions
{
    /// <summary>Longer than this and the rules themselves should be talked about.</summary>
    public const int MaxExceptions = 12;

    public static IReadOnlyList<(string Rule, string Place, string Why)> All { get; } = Read();

    /// <summary>Fails on every breach that has no exception, and on every exception that is no longer needed.</summary>
    public static void Check(string rule, IEnumerable<(string Place, string What)> breaches)
    {
        var found = breaches.ToList();
        var allowed = All.Where(exception => exception.Rule == rule).Select(static exception => exception.Place).ToHashSet(StringComparer.Ordinal);
        var broken = found.Where(breach => !allowed.Contains(breach.Place)).Select(static breach => $"{breach.Place}: {breach.What}").ToList();
        var stale = allowed.Where(place => found.TrueForAll(breach => breach.Place != place)).Select(place => $"{place}: its exception for {rule} is no longer needed");
        Assert.Empty(broken.Concat(stale).Order(StringComparer.Ordinal));
    }

    private static List<(string Rule, string Place, string Why)> Read() =>
    [
        .. File.ReadAllLines(RepositoryRoot.File("tests", "Signalbox.Architecture.Tests", "exceptions.txt"))
            .Where(static line => line.Length > 0 && !line.StartsWith('#'))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(static parts => (parts[0], parts[1], parts[2])),
    ];
}
