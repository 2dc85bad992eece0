namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What became of records that were appended, in the order in which they were given.</summary>
internal sealed record AppendResult(IReadOnlyList<AppendedRecord> Records);

/// <summary>The place of one record.</summary>
/// <param name="Sequence">Its place in its tenant's log.</param>
/// <param name="IsDuplicate">The log had an event with this id already; that one stands there.</param>
internal sealed record AppendedRecord(string Id, long Sequence, bool IsDuplicate);
