using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Bitbucket Pipelines. It names whoever set off a step by an id of its own, not by name.</summary>
/// <remarks>Source: https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/</remarks>
internal sealed class BitbucketPlatform : ICiPlatform
{
    public string Name => "bitbucket";

    public bool IsHere(CiVariables variables) => variables.Has("BITBUCKET_BUILD_NUMBER") && variables.Has("BITBUCKET_COMMIT");

    public CiContext Read(CiVariables variables)
    {
        var repository = variables["BITBUCKET_REPO_FULL_NAME"] ?? CiVariables.Join("/", variables["BITBUCKET_WORKSPACE"], variables["BITBUCKET_REPO_SLUG"]);
        var number = variables["BITBUCKET_BUILD_NUMBER"];
        var change = variables["BITBUCKET_PR_ID"];
        var step = CiVariables.WithoutBraces(variables["BITBUCKET_STEP_UUID"]);
        var url = CiVariables.Join("/", "https://bitbucket.org", repository, "pipelines/results", number);
        return new CiContext
        {
            Platform = Name,
            RunId = CiVariables.WithoutBraces(variables["BITBUCKET_PIPELINE_UUID"]) ?? number,
            Number = number,
            Url = url,
            JobId = step,
            JobUrl = step is null ? null : CiVariables.Join("/steps/", url, "%7B" + step + "%7D"),
            Project = repository,
            Actor = CiVariables.WithoutBraces(variables["BITBUCKET_STEP_TRIGGERER_UUID"]) is { } id ? new CiActor(id) : null,
            Repository = repository,
            RepositoryUrl = RepositoryAddress.OfRepository(variables["BITBUCKET_GIT_HTTP_ORIGIN", "BITBUCKET_GIT_SSH_ORIGIN"]),
            Branch = GitRef.BranchOf(variables["BITBUCKET_BRANCH"]),
            Tag = variables["BITBUCKET_TAG"],
            Commit = variables["BITBUCKET_COMMIT"],
            PullRequest = change,
            BaseBranch = GitRef.BranchOf(variables["BITBUCKET_PR_DESTINATION_BRANCH"]),
            Event = change is null ? null : "pull_request",
        };
    }
}
