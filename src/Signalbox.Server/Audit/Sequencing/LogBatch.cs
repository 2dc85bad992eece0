using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What is to be added to one log together, until it is, or is given up.</summary>
internal sealed class LogBatch(string tenant)
{
    private readonly List<Submission> _submissions = [];
    private readonly List<PendingRecord> _fromOutbox = [];
    private readonly List<(Loss Loss, PendingRecord Record)> _gaps = [];
    private IReadOnlyList<PendingRecord>? _ordered;
    private TermSegment? _terms;

    public string Tenant => tenant;

    public IReadOnlyList<Submission> Submissions => _submissions;

    public IReadOnlyList<PendingRecord> FromOutbox => _fromOutbox;

    public IEnumerable<Loss> Losses => _gaps.Select(static gap => gap.Loss);

    /// <summary>The log's size when an attempt began whose outcome is not known; null while there was none.</summary>
    public long? TriedOn { get; set; }

    /// <summary>What the attempt in hand has made; null before it.</summary>
    public AppendedBatch? Appended { get; set; }

    public bool IsSettled { get; set; }

    public int Count => _submissions.Sum(static submission => submission.Records.Count) + _fromOutbox.Count + _gaps.Count;

    public void Add(Submission submission) => _submissions.Add(submission);

    public void AddFromOutbox(PreparedRecord record) => _fromOutbox.Add(new PendingRecord(record));

    public void AddGap(Loss loss, PreparedRecord record) => _gaps.Add((loss, new PendingRecord(record)));

    /// <summary>All records by the server's time, because those from the outbox took another way than those from the queue.</summary>
    public IReadOnlyList<PendingRecord> InOrder() => _ordered ??= Order();

    /// <summary>What the index needs of all records, in order; taken once, before the transaction where there is time for it.</summary>
    public TermSegment Terms() => _terms ??= EraIndex.Prepare([.. InOrder().Select(static record => record.Record)]);

    private List<PendingRecord> Order()
    {
        var records = new List<PendingRecord>(Count);
        foreach (var submission in _submissions)
        {
            records.AddRange(submission.Records);
        }

        records.AddRange(_fromOutbox);
        records.AddRange(_gaps.Select(static gap => gap.Record));
        for (var index = 1; index < records.Count; index++)
        {
            if (records[index].Record.TimeMs < records[index - 1].Record.TimeMs)
            {
                return [.. records.OrderBy(static record => record.Record.TimeMs)];
            }
        }

        return records;
    }
}

/// <summary>What one attempt has put into the transaction.</summary>
/// <param name="From">The log's row as it was.</param>
/// <param name="Tree">The tree as it is with the batch.</param>
/// <param name="Fresh">Those that were not in the log yet, in order.</param>
internal sealed record AppendedBatch(LogRow From, TileBuilder Tree, IReadOnlyList<PendingRecord> Fresh);
