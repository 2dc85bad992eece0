namespace Signalbox.Server.Jobs.Files;

/// <summary>What the jobs folder changes, or would change.</summary>
/// <param name="Errors">Files that do not hold; their jobs stay as they are.</param>
internal sealed record FilePlan(IReadOnlyList<FileChange> Changes, IReadOnlyList<FileError> Errors);

/// <summary>What becomes of one job of the folder.</summary>
/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c> or <c>unchanged</c>.</param>
/// <param name="File">Relative to the folder.</param>
/// <param name="Line">From 1; null for a job that is no longer in any file.</param>
internal sealed record FileChange(string Action, string Task, string? File, int? Line, IReadOnlyList<FileDiff> Diff);

/// <summary>One member before and after; null where there was or is nothing. Values of headers and variables are not shown.</summary>
internal sealed record FileDiff(string Member, string? Before, string? After);

/// <summary>Why a file does not hold.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record FileError(string File, int Line, int Column, string Message);
