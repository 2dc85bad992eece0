namespace Signalbox.Server.Runs.Reports;

/// <summary>The CI run that a run was part of.</summary>
internal sealed record RunCi
{
    /// <summary><c>github</c>, <c>gitlab</c>, <c>jenkins</c>, … or <c>shell</c>.</summary>
    public required string Platform { get; init; }

    public string? RunId { get; init; }

    public string? Attempt { get; init; }

    /// <summary>The number that people see.</summary>
    public string? Number { get; init; }

    public string? Url { get; init; }

    public string? JobId { get; init; }

    public string? JobName { get; init; }

    public string? Pipeline { get; init; }

    /// <summary>Who set it off.</summary>
    public RunActor? Actor { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    public string? RepositoryUrl { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    /// <summary>Number of the pull or merge request.</summary>
    public string? PullRequest { get; init; }

    public string? Event { get; init; }
}

/// <summary>Who set a run off.</summary>
internal sealed record RunActor
{
    /// <summary>The name by which the platform knows it, such as a login.</summary>
    public required string Id { get; init; }

    /// <summary>For people; absent when it is the id.</summary>
    public string? Name { get; init; }
}
