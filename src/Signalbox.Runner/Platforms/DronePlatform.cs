using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Drone, and Harness in its compatibility.</summary>
/// <remarks>Source: https://docs.drone.io/pipeline/environment/reference/</remarks>
internal sealed class DronePlatform : ICiPlatform
{
    public string Name => "drone";

    public bool IsHere(CiVariables variables) => variables.IsOn("DRONE");

    public CiContext Read(CiVariables variables)
    {
        var change = variables["DRONE_PULL_REQUEST"];
        var address = variables["DRONE_REPO_LINK", "DRONE_GIT_HTTP_URL", "DRONE_REMOTE_URL"];
        var tag = variables["DRONE_TAG"];
        return new CiContext
        {
            Platform = Name,
            RunId = variables["DRONE_BUILD_NUMBER"],
            Number = variables["DRONE_BUILD_NUMBER"],
            Url = variables.Address("DRONE_BUILD_LINK"),
            JobId = CiVariables.Join("/", variables["DRONE_STAGE_NUMBER"], variables["DRONE_STEP_NUMBER"]),
            JobName = variables["DRONE_STEP_NAME"],
            Pipeline = variables["DRONE_STAGE_NAME"],
            Project = variables["DRONE_REPO"],
            WorkerName = variables["DRONE_STAGE_MACHINE"],
            Actor = ActorOf(variables),
            Repository = variables["DRONE_REPO"] ?? RepositoryAddress.NameIn(address),
            RepositoryUrl = RepositoryAddress.OfRepository(address),
            Branch = tag is not null ? null : GitRef.BranchOf((change is null ? null : variables["DRONE_SOURCE_BRANCH"]) ?? variables["DRONE_COMMIT_BRANCH", "DRONE_BRANCH"]),
            Tag = tag,
            Commit = variables["DRONE_COMMIT_SHA", "DRONE_COMMIT"],
            PullRequest = change,
            BaseBranch = change is null ? null : GitRef.BranchOf(variables["DRONE_TARGET_BRANCH"]),
            Event = variables["DRONE_BUILD_EVENT"],
        };
    }

    /// <summary>Whoever started the build by hand; for one that a hook or a schedule started (<c>@hook</c>) the commit's author.</summary>
    private static CiActor? ActorOf(CiVariables variables)
    {
        var author = variables["DRONE_COMMIT_AUTHOR"];
        var trigger = variables["DRONE_BUILD_TRIGGER"];
        if (trigger is not null && !trigger.StartsWith('@') && trigger != author)
        {
            return new CiActor(trigger);
        }

        return author is null ? null : new CiActor(author, variables["DRONE_COMMIT_AUTHOR_NAME"]);
    }
}
