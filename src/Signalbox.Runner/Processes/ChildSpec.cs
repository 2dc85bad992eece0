namespace Signalbox.Runner.Processes;

/// <summary>What is to be started, and how.</summary>
internal sealed record ChildSpec
{
    /// <summary>Program and arguments: a path, or a name that is looked for in the PATH of <see cref="Environment"/>.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it works; absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>All of its variables; the mark is added to them.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Value of the mark, by which processes of this run are told from others: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether the runner reads its standard output (<see cref="IChild.Output"/>); else it writes where the runner writes.</summary>
    public bool CapturesOutput { get; init; }

    /// <summary>Whether it gets a terminal of its own.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Cores it may use; 0: all.</summary>
    public double MaxCores { get; init; }

    /// <summary>Whether a cgroup is made for it where that can be done.</summary>
    public bool UsesCgroup { get; init; } = true;
}
