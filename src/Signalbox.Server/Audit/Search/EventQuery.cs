namespace Signalbox.Server.Audit.Search;

/// <summary>What is asked of the log: all filters must hold; of the values of one filter any; an empty filter holds always. Values are compared exactly, byte by byte.</summary>
internal sealed record EventQuery
{
    /// <summary>Values of one filter.</summary>
    public const int MostValues = 50;

    /// <summary>Words of a text that a caller should accept; a text may have more, but events of which more than <see cref="RecordTerms.MostWords"/> are known do not exist.</summary>
    public const int MostWords = 32;

    /// <summary>Since when, by the server's clock, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Ids or names.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Ids or names of those for whom the actor acted.</summary>
    public IReadOnlyList<string> OnBehalfOf { get; init; } = [];

    /// <summary>Ids or names of the callers who reported the event.</summary>
    public IReadOnlyList<string> Reporters { get; init; } = [];

    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    public IReadOnlyList<string> Outcomes { get; init; } = [];

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Traces { get; init; } = [];

    public IReadOnlyList<string> Requests { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> Policies { get; init; } = [];

    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Words that must all occur, in whatever order and case; a word that looks like an id is also looked for as id, trace and request.</summary>
    public string? Text { get; init; }

    /// <summary>The oldest events first; otherwise the newest.</summary>
    public bool OldestFirst { get; init; }
}
