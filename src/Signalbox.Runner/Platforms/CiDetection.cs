using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Tells on which CI platform this is and what it says of the run.</summary>
internal static class CiDetection
{
    private static readonly ICiPlatform[] Platforms = [new GitHubPlatform()];

    /// <summary>Reads the environment; what the platform leaves out of repository, branch and commit is read from the folder's git files, and without an actor the system's user stands in.</summary>
    /// <param name="folder">The working folder.</param>
    public static CiContext Detect(IReadOnlyDictionary<string, string> environment, string folder)
    {
        var variables = new CiVariables(environment);
        var platform = Array.Find(Platforms, platform => platform.IsHere(variables));
        return platform?.Read(variables) ?? new CiContext { Platform = "shell" };
    }
}
