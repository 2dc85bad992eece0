using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Tests.Platforms;

/// <summary>What the platforms set in a job, by their documentation, and what is to be read from it.</summary>
internal static class PlatformEnvironments
{
    public const string Commit = "9fceb02d0ae598e95dc970b74767f19372d61af8";

    public static IReadOnlyDictionary<string, (Dictionary<string, string> Environment, CiContext Expected)> All { get; } =
        RepositoryHostEnvironments.All.Concat(CiServiceEnvironments.All).ToDictionary(StringComparer.Ordinal);

    public static Dictionary<string, string> Of(string lines)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["USER"] = "runner" };
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            environment[line[..equals]] = line[(equals + 1)..];
        }

        return environment;
    }
}
