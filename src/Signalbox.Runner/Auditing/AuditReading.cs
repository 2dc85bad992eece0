using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Auditing;

/// <summary>Makes audit records from a run's facts.</summary>
/// <remarks>
/// A record is told of as soon as nothing can change it any more; <see cref="Records"/> has all of them in the order of the calls, which is the same for every interleaving of the facts' files.
/// What the work tree alone tells of comes after the calls, in the order of the paths.
/// </remarks>
internal sealed class AuditReading : IRunReader
{
    private readonly SortedList<(int Call, int Ordinal), AuditRecord> _ofCalls = [];
    private readonly RecordMaker _maker;
    private readonly WriteComparison _writes;
    private readonly Action<AuditRecord> _emit;
    private List<AuditRecord> _unattributed = [];

    /// <param name="emit">Told of each record once; live they go to the log and the server from here.</param>
    public AuditReading(RunStart start, Redactor redactor, Action<AuditRecord> emit)
    {
        _emit = emit;
        _maker = new RecordMaker(start, redactor);
        _writes = new WriteComparison(redactor);
        Tools = new ToolReading(start, redactor, Settled);
    }

    public ToolReading Tools { get; }

    /// <summary>Whether a work tree was compared.</summary>
    public WorkTreeChanged? WorkTree => _writes.WorkTree;

    /// <summary>In their final order: that of <c>audit.jsonl</c> once the run is over.</summary>
    public IEnumerable<AuditRecord> Records => _ofCalls.Values.Concat(_unattributed);

    public AuditTotals Totals
    {
        get
        {
            var (records, denied, failed) = (0L, 0L, 0L);
            foreach (var record in Records)
            {
                records++;
                denied += record.Outcome == AuditRecord.Denied ? 1 : 0;
                failed += record.Outcome == AuditRecord.Failed ? 1 : 0;
            }

            return new AuditTotals(records, denied, failed, _unattributed.Count)
            {
                Actions =
                [
                    .. Records.GroupBy(static record => (record.Action, record.Outcome)).Select(static kind => new AuditCount(kind.Key.Action, kind.Key.Outcome, kind.Count()))
                        .OrderBy(static count => count.Action, StringComparer.Ordinal).ThenBy(static count => count.Outcome, StringComparer.Ordinal),
                ],
            };
        }
    }

    /// <summary>Every change of the work tree with the calls that made it, in ordinal order of the paths.</summary>
    public IReadOnlyList<ChangeReport> Changes => _writes.Changes();

    /// <summary>Calls whose texts were not kept for the comparison with the work tree, because there are too many.</summary>
    public long TextsOmitted => _writes.TextsOmitted;

    /// <summary>Complete only after <see cref="Complete"/>.</summary>
    public IReadOnlyList<WarningReport> Warnings => [.. Contradictions(), .. _writes.Warnings()];

    public void Take(RunFact fact)
    {
        if (fact is WorkTreeChanged changed)
        {
            _writes.WorkTree = changed;
        }
        else
        {
            Tools.Take(fact);
        }
    }

    /// <summary>There are no further facts: tells of every record that waited, and of what only the work tree knows.</summary>
    public void Complete()
    {
        Tools.Complete();
        _unattributed = [.. _writes.Unattributed().Select(_maker.OfChange)];
        foreach (var record in _unattributed)
        {
            _emit(record);
        }
    }

    private void Settled(ToolCall call)
    {
        _writes.Take(call);
        var targets = call.Outcome == ToolOutcome.Denied ? call.Refused : call.Writes;
        for (var ordinal = 0; ordinal < targets.Count; ordinal++)
        {
            var record = _maker.OfCall(call, targets[ordinal], ordinal);
            _ofCalls.Add((call.Index, ordinal), record);
            _emit(record);
        }
    }

    private IEnumerable<WarningReport> Contradictions() => Tools.Calls
        .Where(static call => call.Returned is { IsError: false } && (call.IsDeniedByPolicy || call.IsDeniedByStream))
        .Select(call => new WarningReport("denied_but_done", $"The call {_maker.Shown(call.Id ?? call.Call.Name)} was refused and its tool answered that it was done all the same."));
}
