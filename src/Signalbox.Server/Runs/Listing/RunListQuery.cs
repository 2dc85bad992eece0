namespace Signalbox.Server.Runs.Listing;

/// <summary>What a list of runs can be asked for.</summary>
internal sealed record RunListQuery
{
    public string? Repository { get; init; }

    /// <summary>Id of who set the run off.</summary>
    public string? Actor { get; init; }

    public string? Agent { get; init; }

    /// <summary>One outcome such as failed, or several separated by commas.</summary>
    public string? Outcome { get; init; }

    public string? Branch { get; init; }

    /// <summary>Runs that started at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Runs of at least this score.</summary>
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "risk_min")]
    public double? RiskMin { get; init; }

    /// <summary>A part of the id, of the command, or of a pull request's number such as #42, whatever its case.</summary>
    public string? Q { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }

    /// <summary>startedAt, risk, cost, tokens or duration; the newest or highest first.</summary>
    public string? Sort { get; init; }
}
