using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Buildkite.</summary>
/// <remarks>Source: https://buildkite.com/docs/pipelines/configure/environment-variables</remarks>
internal sealed class BuildkitePlatform : ICiPlatform
{
    public string Name => "buildkite";

    public bool IsHere(CiVariables variables) => variables.IsOn("BUILDKITE");

    public CiContext Read(CiVariables variables)
    {
        var url = variables.Address("BUILDKITE_BUILD_URL");
        var job = variables["BUILDKITE_JOB_ID"];
        var change = variables.PullRequest("BUILDKITE_PULL_REQUEST");
        var commit = variables["BUILDKITE_COMMIT"];
        var tag = variables["BUILDKITE_TAG"];
        return new CiContext
        {
            Platform = Name,
            RunId = variables["BUILDKITE_BUILD_ID"],
            Number = variables["BUILDKITE_BUILD_NUMBER"],
            Url = url,
            JobId = job,
            JobName = variables["BUILDKITE_LABEL", "BUILDKITE_STEP_KEY"],
            JobUrl = CiVariables.Join("#", url, job),
            Pipeline = variables["BUILDKITE_PIPELINE_SLUG"],
            Project = CiVariables.Join("/", variables["BUILDKITE_ORGANIZATION_SLUG"], variables["BUILDKITE_PIPELINE_SLUG"]) ?? variables["BUILDKITE_PIPELINE_SLUG"],
            WorkerName = variables["BUILDKITE_AGENT_NAME"],
            Actor = ActorOf(variables, "BUILDKITE_BUILD_CREATOR") ?? ActorOf(variables, "BUILDKITE_BUILD_AUTHOR"),
            Repository = RepositoryAddress.NameIn(variables["BUILDKITE_REPO"]),
            RepositoryUrl = RepositoryAddress.OfRepository(variables["BUILDKITE_REPO"]),
            Branch = tag is null ? GitRef.BranchOf(variables["BUILDKITE_BRANCH"]) : null,
            Tag = tag,

            // A build that somebody starts without naming a commit says HEAD until its checkout.
            Commit = commit == "HEAD" ? null : commit,
            PullRequest = change,
            BaseBranch = change is null ? null : GitRef.BranchOf(variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"]),
            Event = variables["BUILDKITE_SOURCE"],
        };
    }

    private static CiActor? ActorOf(CiVariables variables, string name) =>
        variables[name + "_EMAIL", name] is { } id ? new CiActor(id, variables[name]) : null;
}
