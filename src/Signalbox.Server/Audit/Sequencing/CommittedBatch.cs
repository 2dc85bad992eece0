using Signalbox.Server.Audit.Records;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Records that have just become durable, side by side in one log.</summary>
/// <param name="First">Sequence of the first one.</param>
internal sealed record CommittedBatch(string Tenant, int Log, long First, IReadOnlyList<PreparedRecord> Records);
