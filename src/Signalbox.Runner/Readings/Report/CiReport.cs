using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings.Report;

/// <summary>The CI run that a run was part of.</summary>
internal sealed record CiReport
{
    public required string Platform { get; init; }

    public string? RunId { get; init; }

    public string? Attempt { get; init; }

    public string? Number { get; init; }

    public string? Url { get; init; }

    public string? JobId { get; init; }

    public string? JobName { get; init; }

    public string? Pipeline { get; init; }

    public CiActorReport? Actor { get; init; }

    public string? Repository { get; init; }

    public string? RepositoryUrl { get; init; }

    public string? Branch { get; init; }

    public string? Commit { get; init; }

    public string? PullRequest { get; init; }

    public string? Event { get; init; }

    public static CiReport Of(CiContext ci) => new()
    {
        Platform = ci.Platform,
        RunId = ci.RunId,
        Attempt = ci.Attempt,
        Number = ci.Number,
        Url = ci.Url,
        JobId = ci.JobId,
        JobName = ci.JobName,
        Pipeline = ci.Pipeline,
        Actor = ci.Actor is { } actor ? new CiActorReport(actor.Id, actor.Name) : null,
        Repository = ci.Repository,
        RepositoryUrl = ci.RepositoryUrl,
        Branch = ci.Branch,
        Commit = ci.Commit,
        PullRequest = ci.PullRequest,
        Event = ci.Event,
    };
}

/// <summary>Who set a run off.</summary>
/// <param name="Name">For people; absent when it is the id.</param>
internal sealed record CiActorReport(string Id, string? Name);
