using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Jenkins, with what its Git, branch source and build user plugins add.</summary>
/// <remarks>Source: https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables</remarks>
internal sealed class JenkinsPlatform : ICiPlatform
{
    public string Name => "jenkins";

    public bool IsHere(CiVariables variables) => variables.Has("JENKINS_URL") && (variables.Has("BUILD_TAG") || variables.Has("BUILD_NUMBER"));

    public CiContext Read(CiVariables variables)
    {
        var address = variables["GIT_URL", "GIT_URL_1"];
        var change = variables["CHANGE_ID"];
        var reference = GitRef.Parse(variables["GIT_BRANCH"] ?? (change is null ? variables["BRANCH_NAME"] : null));
        var job = variables["JOB_NAME"];
        return new CiContext
        {
            Platform = Name,
            RunId = variables["BUILD_TAG"] ?? CiVariables.Join("-", job, variables["BUILD_NUMBER"]),
            Number = variables["BUILD_NUMBER"],
            Url = variables.Address("BUILD_URL"),
            JobName = variables["STAGE_NAME"],
            Pipeline = PipelineOf(job, variables["BRANCH_NAME"]),
            Project = job,
            WorkerName = variables["NODE_NAME"],
            Actor = ActorOf(variables),
            Repository = RepositoryAddress.NameIn(address),
            RepositoryUrl = RepositoryAddress.OfRepository(address),
            Branch = GitRef.BranchOf(variables["CHANGE_BRANCH"]) ?? reference.Branch,
            Tag = variables["TAG_NAME"] ?? reference.Tag,
            Commit = variables["GIT_COMMIT"],
            PullRequest = change,
            BaseBranch = GitRef.BranchOf(variables["CHANGE_TARGET"]),
            Event = change is null ? null : "pull_request",
        };
    }

    /// <summary>Whoever started the build, where the build user plugin tells, otherwise whoever wrote the change.</summary>
    private static CiActor? ActorOf(CiVariables variables) =>
        variables["BUILD_USER_ID"] is { } user ? new CiActor(user, variables["BUILD_USER"])
        : variables["CHANGE_AUTHOR"] is { } author ? new CiActor(author, variables["CHANGE_AUTHOR_DISPLAY_NAME"])
        : null;

    /// <summary>A multibranch job's name ends with the branch, a matrix job's with its axes: <c>build/JDK=21,OS=linux</c>.</summary>
    private static string? PipelineOf(string? job, string? branch)
    {
        if (job is null)
        {
            return null;
        }

        var parts = job.Split('/');
        var end = Array.FindIndex(parts, static part => part.Contains('=', StringComparison.Ordinal));
        end = end <= 0 ? parts.Length : end;
        return end > 1 && branch is not null && (parts[end - 1] == branch || Uri.UnescapeDataString(parts[end - 1]) == branch)
            ? string.Join('/', parts[..(end - 1)])
            : string.Join('/', parts[..end]);
    }
}
