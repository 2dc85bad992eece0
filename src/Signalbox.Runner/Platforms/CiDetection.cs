using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Tells on which CI platform this is and what it says of the run.</summary>
internal static class CiDetection
{
    // Jenkins last: its address is often set for all programs of a machine.
    private static readonly ICiPlatform[] Platforms =
    [
        new GitHubPlatform(), new GitLabPlatform(), new AzurePlatform(), new BuildkitePlatform(), new CircleCiPlatform(), new BitbucketPlatform(),
        new DronePlatform(), new TeamCityPlatform(), new TravisPlatform(), new JenkinsPlatform(),
    ];

    /// <summary>Reads the environment; what the platform leaves out of repository, branch and commit is read from the folder's git files, and where it names no actor the system's user stands in.</summary>
    /// <param name="folder">The working folder.</param>
    public static CiContext Detect(IReadOnlyDictionary<string, string> environment, string folder)
    {
        var variables = new CiVariables(environment);
        var platform = Array.Find(Platforms, platform => platform.IsHere(variables));
        var context = platform?.Read(variables) ?? new CiContext { Platform = "shell" };
        if (context is not { RepositoryUrl: not null, Repository: not null, Commit: not null } || (context.Branch ?? context.Tag) is null)
        {
            context = WithGit(context, folder);
        }

        return context.Actor is null ? context with { Actor = new CiActor(SystemUser(variables)) } : context;
    }

    private static CiContext WithGit(CiContext context, string folder)
    {
        if (RepositoryFolder.Find(folder) is not { } root || GitFolder.Read(root) is not { } git)
        {
            return context;
        }

        return context with
        {
            RepositoryUrl = context.RepositoryUrl ?? RepositoryAddress.OfRepository(git.OriginUrl),
            Repository = context.Repository ?? RepositoryAddress.NameIn(git.OriginUrl) ?? CiVariables.Clean(Path.GetFileName(root)),
            Commit = context.Commit ?? git.Commit,
            Branch = context.Branch ?? (context.Tag is null ? git.Branch : null),
        };
    }

    private static string SystemUser(CiVariables variables) =>
        variables["USER", "LOGNAME", "USERNAME"] ?? CiVariables.Clean(Environment.UserName) ?? "unknown";
}
