using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Records;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>A record on its way into a log.</summary>
/// <remarks>The hash is taken where the record is made, so that the one writer of the log need not take them all.</remarks>
internal sealed class PendingRecord(PreparedRecord record)
{
    private const long NotYet = -1;

    public PreparedRecord Record { get; } = record;

    /// <summary>Its hash in the tree; different for each record, because each has a random salt.</summary>
    public byte[] Leaf { get; } = MerkleTree.LeafHash(record.Body);

    /// <summary>Its place in the log, once it has one.</summary>
    public long Sequence { get; private set; } = NotYet;

    /// <summary>The log had its id already.</summary>
    public bool IsDuplicate { get; private set; }

    public void Place(long sequence, bool isDuplicate)
    {
        Sequence = sequence;
        IsDuplicate = isDuplicate;
    }
}
