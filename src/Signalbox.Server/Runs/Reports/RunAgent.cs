namespace Signalbox.Server.Runs.Reports;

/// <summary>The agent that ran.</summary>
internal sealed record RunAgent
{
    /// <summary><c>claude-code</c> or the name of a mapping.</summary>
    public required string Name { get; init; }

    public string? Version { get; init; }

    /// <summary>The first that it told of.</summary>
    public string? Model { get; init; }

    /// <summary>The last one, where there were several.</summary>
    public string? SessionId { get; init; }

    /// <summary>Name of the mapping that its stream was read with; absent for a built-in reader.</summary>
    public string? Mapping { get; init; }
}

/// <summary>The agent's closing account.</summary>
internal sealed record RunResult
{
    /// <summary><c>success</c>, <c>error_max_turns</c>, …</summary>
    public string? Subtype { get; init; }

    /// <summary>May be true although the subtype says success.</summary>
    public bool IsError { get; init; }

    public long? Turns { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>Spent waiting for the model.</summary>
    public double? ApiSeconds { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<string> Errors { get => field ?? []; init; }
}

/// <summary>What came through the agent's standard output.</summary>
internal sealed record RunStream
{
    public long Bytes { get; init; }

    public long Lines { get; init; }

    /// <summary>Events of types that the reader does not know, by type.</summary>
    public IReadOnlyDictionary<string, long> Unknown { get => field ?? new Dictionary<string, long>(StringComparer.Ordinal); init; }

    /// <summary>Lines that could not be read.</summary>
    public long Broken { get; init; }

    /// <summary>Lines longer than the bound; among the broken ones.</summary>
    public long Oversized { get; init; }
}

/// <summary>Size of the time line.</summary>
internal sealed record RunTimelineTotals
{
    public long Entries { get; init; }

    /// <summary>That a bound kept out.</summary>
    public long Omitted { get; init; }
}
