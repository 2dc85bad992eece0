using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Runner.WorkTree;

/// <summary>Switches off the filters that git's configuration names: programs that git runs on the content of files.</summary>
/// <remarks>Source: https://git-scm.com/docs/gitattributes#_filter</remarks>
internal static class GitFilters
{
    private const string Section = "filter.";

    /// <param name="keys">Of the configuration, such as <c>filter.lfs.clean</c>.</param>
    /// <returns>Settings that win over those.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Off(IEnumerable<string> keys) =>
    [
        .. keys.Where(static key => key.StartsWith(Section, StringComparison.Ordinal)).Select(static key => key[..key.LastIndexOf('.')]).Where(static name => name.Length > Section.Length)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(static name => new KeyValuePair<string, string>[] { new(name + ".clean", ""), new(name + ".smudge", ""), new(name + ".process", ""), new(name + ".required", "false") }),
    ];

    /// <summary>Puts settings on a command line; those with <c>=</c> in their names, which it would cut there, into the environment.</summary>
    public static void Configure(ProcessStartInfo start, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var count = 0;
        foreach (var (name, value) in settings)
        {
            if (!name.Contains('=', StringComparison.Ordinal))
            {
                start.ArgumentList.Add("-c");
                start.ArgumentList.Add($"{name}={value}");
                continue;
            }

            start.Environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{count}")] = name;
            start.Environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{count}")] = value;
            count++;
        }

        if (count > 0)
        {
            start.Environment["GIT_CONFIG_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
        }
    }
}
