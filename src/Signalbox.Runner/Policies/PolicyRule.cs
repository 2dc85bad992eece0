namespace Signalbox.Runner.Policies;

/// <summary>A rule of the configuration. A list that is empty sets no condition; a value of a list that begins with <c>!</c> is an exception to the others.</summary>
internal sealed record PolicyRule
{
    public required string Id { get; init; }

    /// <summary>Whether it allows; otherwise it denies.</summary>
    public required bool Allow { get; init; }

    /// <summary>Ids of actors, in any case.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Such as <c>tool_use/edit_file</c> or <c>platform/*</c>.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Globs from the repository's root, or absolute ones.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Globs of branches.</summary>
    public IReadOnlyList<string> Branches { get; init; } = [];

    /// <summary>Names of the agent's tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>A sentence for whoever is refused; null for one made of the rule.</summary>
    public string? Reason { get; init; }
}
