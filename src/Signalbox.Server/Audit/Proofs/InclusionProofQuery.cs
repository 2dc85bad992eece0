using System.ComponentModel;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Which inclusion is to be proved.</summary>
internal sealed record InclusionProofQuery
{
    [Description("The event by its place in the log; either this or id.")]
    public long? Sequence { get; init; }

    [Description("The event by its id; either this or sequence.")]
    public string? Id { get; init; }

    [Description("Size of the tree, such as that of a checkpoint that you keep; the log's size now when it is left out.")]
    public long? Size { get; init; }
}
