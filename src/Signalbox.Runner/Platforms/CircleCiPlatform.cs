using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>CircleCI.</summary>
/// <remarks>Source: https://circleci.com/docs/reference/variables/</remarks>
internal sealed class CircleCiPlatform : ICiPlatform
{
    public string Name => "circleci";

    public bool IsHere(CiVariables variables) => variables.IsOn("CIRCLECI");

    public CiContext Read(CiVariables variables)
    {
        var repository = CiVariables.Join("/", variables["CIRCLE_PROJECT_USERNAME"], variables["CIRCLE_PROJECT_REPONAME"]);
        var run = variables["CIRCLE_WORKFLOW_ID"];
        return new CiContext
        {
            Platform = Name,
            RunId = run,
            Number = variables["CIRCLE_PIPELINE_NUMBER", "CIRCLE_BUILD_NUM"],
            Url = CiVariables.Join("/", "https://app.circleci.com/pipelines/workflows", run),
            JobId = variables["CIRCLE_WORKFLOW_JOB_ID", "CIRCLE_BUILD_NUM"],
            JobName = variables["CIRCLE_JOB"],
            JobUrl = variables.Address("CIRCLE_BUILD_URL"),
            Pipeline = variables["CIRCLE_PROJECT_REPONAME"],
            Project = repository,
            Actor = variables["CIRCLE_USERNAME", "CIRCLE_PR_USERNAME"] is { } user ? new CiActor(user) : null,
            Repository = repository ?? RepositoryAddress.NameIn(variables["CIRCLE_REPOSITORY_URL"]),
            RepositoryUrl = RepositoryAddress.OfRepository(variables["CIRCLE_REPOSITORY_URL"]),
            Branch = GitRef.BranchOf(variables["CIRCLE_BRANCH"]),
            Tag = variables["CIRCLE_TAG"],
            Commit = variables["CIRCLE_SHA1"],
            PullRequest = variables["CIRCLE_PR_NUMBER"] ?? NumberIn(variables["CIRCLE_PULL_REQUEST", "CIRCLE_PULL_REQUESTS"]),
        };
    }

    /// <summary>The number at the end of the first address, as in <c>https://github.com/acme/shop/pull/42</c>.</summary>
    private static string? NumberIn(string? addresses)
    {
        var first = addresses?.Split(',')[0].TrimEnd('/');
        var number = first?[(first.LastIndexOf('/') + 1)..];
        return number is { Length: > 0 } && !number.AsSpan().ContainsAnyExceptInRange('0', '9') ? number : null;
    }
}
