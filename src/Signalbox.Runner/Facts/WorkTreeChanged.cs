using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>How the work tree differs from what it was before the run. The content of <c>changes.json</c>.</summary>
[JsonConverter(typeof(WorkTreeChangedConverter))]
internal sealed record WorkTreeChanged : RunFact
{
    /// <summary><c>git</c> or <c>manifest</c>.</summary>
    public required string Method { get; init; }

    /// <summary>In ordinal order of their paths.</summary>
    public required IReadOnlyList<WorkTreeChange> Changes { get; init => field = [.. ((IReadOnlyList<WorkTreeChange?>)value).OfType<WorkTreeChange>()]; }

    /// <summary>Files that were not looked at because a bound was reached.</summary>
    public long Omitted { get; init; }

    /// <summary>HEAD before and after, where there is git.</summary>
    public string? HeadBefore { get; init; }

    public string? HeadAfter { get; init; }

    /// <summary>Links of the tree through which a changed file can be written under another name.</summary>
    public IReadOnlyList<WorkTreeLink> Links { get; init => field = [.. ((IReadOnlyList<WorkTreeLink?>?)value ?? []).OfType<WorkTreeLink>()]; } = [];
}

/// <summary>A symbolic link.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
/// <param name="Target">Where it leads in the end, likewise.</param>
internal sealed record WorkTreeLink(string Path, string Target);

/// <summary>A file that differs.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
/// <param name="Kind"><c>added</c>, <c>modified</c> or <c>deleted</c>.</param>
/// <param name="LinesAdded">Null for a file that is not text, or too large.</param>
/// <param name="Bytes">Size now; 0 when deleted.</param>
/// <param name="Diff">Unified, without secrets, cut to its bound; null for a file that is not text.</param>
internal sealed record WorkTreeChange(string Path, string Kind, long? LinesAdded, long? LinesRemoved, long Bytes, string? Diff)
{
    /// <summary>Tells what it holds now from other texts, but for spaces at the ends of lines; null for a file that is not text, too large, or deleted.</summary>
    public string? TextHash { get; init; }
}
