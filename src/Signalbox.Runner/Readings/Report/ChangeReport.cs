namespace Signalbox.Runner.Readings.Report;

/// <summary>A file of the work tree that differs from what it was before the run.</summary>
internal sealed record ChangeReport
{
    /// <summary>Relative to the repository's root, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary><c>added</c>, <c>modified</c> or <c>deleted</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Absent for a file that is not text, or too large.</summary>
    public long? LinesAdded { get; init; }

    public long? LinesRemoved { get; init; }

    /// <summary>Size now; 0 when deleted.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether a call of the agent's editing tools tells of it; false for what a shell or a child did by itself.</summary>
    public required bool Attributed { get; init; }

    /// <summary>The calls that edited it.</summary>
    public IReadOnlyList<string> ToolUseIds { get; init; } = [];

    /// <summary>Unified, redacted and cut.</summary>
    public string? Diff { get; init; }
}
