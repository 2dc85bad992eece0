using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Travis CI. It names no actor.</summary>
/// <remarks>Source: https://docs.travis-ci.com/user/environment-variables/#default-environment-variables</remarks>
internal sealed class TravisPlatform : ICiPlatform
{
    public string Name => "travis";

    public bool IsHere(CiVariables variables) => variables.IsOn("TRAVIS");

    public CiContext Read(CiVariables variables)
    {
        var change = variables.PullRequest("TRAVIS_PULL_REQUEST");
        var tag = variables["TRAVIS_TAG"];
        return new CiContext
        {
            Platform = Name,
            RunId = variables["TRAVIS_BUILD_ID"],
            Number = variables["TRAVIS_BUILD_NUMBER"],
            Url = variables.Address("TRAVIS_BUILD_WEB_URL"),
            JobId = variables["TRAVIS_JOB_ID"],
            JobName = variables["TRAVIS_JOB_NAME", "TRAVIS_BUILD_STAGE_NAME"],
            JobUrl = variables.Address("TRAVIS_JOB_WEB_URL"),
            Project = variables["TRAVIS_REPO_SLUG"],
            Repository = variables["TRAVIS_REPO_SLUG"],

            // For a tag TRAVIS_BRANCH holds its name again, for a pull request the branch that it is for.
            Branch = tag is not null ? null : GitRef.BranchOf(variables["TRAVIS_PULL_REQUEST_BRANCH"] ?? (change is null ? variables["TRAVIS_BRANCH"] : null)),
            Tag = tag,
            Commit = variables["TRAVIS_PULL_REQUEST_SHA", "TRAVIS_COMMIT"],
            PullRequest = change,
            BaseBranch = change is null ? null : GitRef.BranchOf(variables["TRAVIS_BRANCH"]),
            Event = variables["TRAVIS_EVENT_TYPE"],
        };
    }
}
