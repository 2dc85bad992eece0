using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>GitLab CI/CD.</summary>
/// <remarks>Source: https://docs.gitlab.com/ci/variables/predefined_variables/</remarks>
internal sealed class GitLabPlatform : ICiPlatform
{
    public string Name => "gitlab";

    public bool IsHere(CiVariables variables) => variables.IsOn("GITLAB_CI");

    public CiContext Read(CiVariables variables)
    {
        var tag = variables["CI_COMMIT_TAG"];
        return new CiContext
        {
            Platform = Name,
            RunId = variables["CI_PIPELINE_ID"],
            Number = variables["CI_PIPELINE_IID"],
            Url = variables.Address("CI_PIPELINE_URL"),
            JobId = variables["CI_JOB_ID"],
            JobName = variables["CI_JOB_NAME"],
            JobUrl = variables.Address("CI_JOB_URL"),
            Pipeline = variables["CI_PIPELINE_NAME", "CI_CONFIG_PATH"],
            Project = variables["CI_PROJECT_PATH", "CI_PROJECT_ID"],
            WorkerName = variables["CI_RUNNER_DESCRIPTION", "CI_RUNNER_ID"],
            Actor = variables["GITLAB_USER_LOGIN"] is { } login ? new CiActor(login, variables["GITLAB_USER_NAME"], variables["GITLAB_USER_ID"]) : null,
            Repository = variables["CI_PROJECT_PATH"],
            RepositoryUrl = RepositoryAddress.OfRepository(variables["CI_PROJECT_URL", "CI_REPOSITORY_URL"]),
            Branch = GitRef.BranchOf(variables["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"] ?? (tag is null ? variables["CI_COMMIT_REF_NAME"] : null)),
            Tag = tag,

            // Only a pipeline for the merged result has another commit than the branch, and only then this variable is set.
            Commit = variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"],
            PullRequest = variables["CI_MERGE_REQUEST_IID"],
            BaseBranch = GitRef.BranchOf(variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]),
            Event = variables["CI_PIPELINE_SOURCE"],
        };
    }
}
