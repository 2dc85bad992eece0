using System.ComponentModel;

namespace Signalbox.Server.Audit.Events;

/// <summary>What a list of records can be asked for; all filters must hold, of the values of one filter any.</summary>
internal sealed record EventListQuery
{
    [Description("Taken by the server at or after this time.")]
    public DateTimeOffset? From { get; init; }

    [Description("Taken by the server before this time.")]
    public DateTimeOffset? To { get; init; }

    [Description("Id or name of who did it, exactly; may be repeated.")]
    public string[]? Actor { get; init; }

    [Description("Id or name of the one it was done for; may be repeated.")]
    public string[]? OnBehalfOf { get; init; }

    [Description("Id or name of the caller who reported it; may be repeated.")]
    public string[]? Reporter { get; init; }

    [Description("Such as token.create; may be repeated.")]
    public string[]? Action { get; init; }

    [Description("Such as token; may be repeated.")]
    public string[]? ResourceType { get; init; }

    [Description("May be repeated.")]
    public string[]? ResourceId { get; init; }

    [Description("May be repeated.")]
    public string[]? ResourceName { get; init; }

    [Description("succeeded, failed or denied; may be repeated.")]
    public string[]? Outcome { get; init; }

    [Description("The client's address; may be repeated.")]
    public string[]? Address { get; init; }

    [Description("A trace id; may be repeated.")]
    public string[]? Trace { get; init; }

    [Description("May be repeated.")]
    public string[]? RequestId { get; init; }

    [Description("May be repeated.")]
    public string[]? PolicyId { get; init; }

    [Description("What it came through, such as console or cli; may be repeated.")]
    public string[]? Source { get; init; }

    [Description("Words that all occur in the record, in whatever order and case.")]
    public string? Text { get; init; }

    [Description("desc (default: newest first) or asc.")]
    public string? Order { get; init; }

    [Description("1 to 1000; default 100.")]
    public int? Limit { get; init; }

    [Description("The next of the page before.")]
    public string? After { get; init; }
}
