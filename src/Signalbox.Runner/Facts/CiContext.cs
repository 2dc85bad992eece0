namespace Signalbox.Runner.Facts;

/// <summary>What the CI platform says of the run, under one set of names for all platforms. Absent: the platform does not say.</summary>
internal sealed record CiContext
{
    /// <summary><c>github</c>, <c>gitlab</c>, <c>jenkins</c>, <c>azure</c>, <c>buildkite</c>, <c>circleci</c>, <c>bitbucket</c>, <c>drone</c>, <c>teamcity</c>, <c>travis</c> or <c>shell</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The platform's id of the run, pipeline or build.</summary>
    public string? RunId { get; init; }

    /// <summary>From 1; a re-run of the same run has the next one.</summary>
    public string? Attempt { get; init; }

    /// <summary>The number that people see.</summary>
    public string? Number { get; init; }

    public string? Url { get; init; }

    public string? JobId { get; init; }

    public string? JobName { get; init; }

    public string? JobUrl { get; init; }

    /// <summary>Workflow, pipeline or job definition.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Where several repositories may have the same run id: the project's path or id.</summary>
    public string? Project { get; init; }

    public string? WorkerName { get; init; }

    /// <summary>Who set the run off; on a plain shell the user of the system.</summary>
    public CiActor? Actor { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>Without credentials.</summary>
    public string? RepositoryUrl { get; init; }

    /// <summary>Without <c>refs/heads/</c> and <c>origin/</c>; for a pull request its source branch.</summary>
    public string? Branch { get; init; }

    public string? Tag { get; init; }

    /// <summary>For a pull request the head of its branch, not the merge made for the test.</summary>
    public string? Commit { get; init; }

    /// <summary>Number of the pull or merge request.</summary>
    public string? PullRequest { get; init; }

    public string? BaseBranch { get; init; }

    /// <summary>What set it off: <c>push</c>, <c>pull_request</c>, <c>schedule</c>, …</summary>
    public string? Event { get; init; }
}

/// <summary>A person or service of a CI platform.</summary>
/// <param name="Id">The name by which the platform knows it, such as a login.</param>
/// <param name="Name">For people. Null: the id.</param>
/// <param name="Number">The platform's number of it, which does not change when the login does.</param>
internal sealed record CiActor(string Id, string? Name = null, string? Number = null);
