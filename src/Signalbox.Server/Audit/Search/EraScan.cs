using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Finds out, for eras of one log, which records a query may be about.</summary>
/// <remarks>For one search within one session; not thread-safe.</remarks>
internal sealed class EraScan(ControlSession session, int log, QueryPlan plan, EraShape shape)
{
    /// <summary>Damaged eras whose events one search reads, each of which takes as long as some hundred whole ones.</summary>
    private const int MostRead = 4;

    private readonly ClauseOrder _order = new(plan);
    private readonly Stack<EraBits> _spare = [];
    private readonly HashSet<long> _damaged = [];
    private int _read;

    /// <summary>Eras whose rows were missing or damaged.</summary>
    public IReadOnlyCollection<long> Damaged => _damaged;

    /// <summary>The first era, as the search goes, that was not looked at because too many were damaged; null when there is none.</summary>
    public long? Cut { get; private set; }

    /// <summary>How many eras may be looked at in one go, so that their rows take a few megabytes at most.</summary>
    public int MostEras { get; } = Math.Max(1, 2048 / Math.Max(1, plan.Clauses.Select(clause => clause.Atoms.Select(atom => shape.PartOf(plan.Atoms[atom].Term)).Distinct().Count()).DefaultIfEmpty(1).Max()));

    /// <summary>The candidates of full eras, one element an era; null for none.</summary>
    /// <param name="eras">The first and the last of them.</param>
    /// <param name="sequences">The lowest and the highest sequence of interest.</param>
    /// <remarks>Where <see cref="Cut"/> is set afterwards, nothing was found from that era on.</remarks>
    public async Task<EraBits?[]> FindAsync((long First, long Last) eras, (long Lowest, long Highest) sequences, CancellationToken cancellationToken)
    {
        var found = new EraBits?[(int)(eras.Last - eras.First + 1)];
        for (var index = 0; index < found.Length; index++)
        {
            found[index] = _damaged.Contains(eras.First + index) ? null : Span(eras.First + index, sequences);
        }

        if (plan.HasTime)
        {
            await RestrictTimesAsync(found, eras);
        }

        foreach (var clause in _order.Sorted())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RestrictAsync(found, eras.First, clause);
        }

        await LookAtDamagedAsync(found, eras.First, sequences);
        return found;
    }

    /// <summary>The candidates of an era in memory; null for none.</summary>
    public EraBits? Find(EraView era, (long Lowest, long Highest) sequences)
    {
        var bits = Span(era.Era, sequences);
        if (plan.HasTime)
        {
            var record = 0;
            foreach (var time in era.Segments.SelectMany(static segment => segment.Times))
            {
                if (time < plan.FromMs || time >= plan.UntilMs)
                {
                    bits.Remove(record);
                }

                record++;
            }
        }

        foreach (var clause in _order.Sorted())
        {
            if (!TryAnd(bits, clause, (atom, target) =>
            {
                era.Find(plan.Atoms[atom].Term, target);
                return true;
            }) || bits.IsEmpty)
            {
                return null;
            }
        }

        return bits.IsEmpty ? null : bits;
    }

    /// <summary>Gives a set that is no longer needed back, to be used again.</summary>
    public void Return(EraBits bits) => _spare.Push(bits);

    private EraBits Rent()
    {
        if (!_spare.TryPop(out var bits))
        {
            return new EraBits(shape.Records);
        }

        bits.Clear();
        return bits;
    }

    private EraBits Span(long era, (long Lowest, long Highest) sequences)
    {
        var bits = Rent();
        var first = shape.FirstOf(era);
        bits.AddRange((int)Math.Clamp(sequences.Lowest - first, 0, shape.Records), (int)Math.Clamp(sequences.Highest + 1 - first, 0, shape.Records));
        return bits;
    }

    /// <summary>Finds the candidates of damaged eras among their events, the near end first and only so many in one search.</summary>
    private async Task LookAtDamagedAsync(EraBits?[] found, long firstEra, (long Lowest, long Highest) sequences)
    {
        for (var step = 0; step < found.Length; step++)
        {
            var index = plan.OldestFirst ? step : found.Length - 1 - step;
            var era = firstEra + index;
            if (!_damaged.Contains(era))
            {
                continue;
            }

            if (_read++ >= MostRead)
            {
                Cut = era;
                Array.Clear(found, plan.OldestFirst ? index : 0, plan.OldestFirst ? found.Length - index : index + 1);
                return;
            }

            found[index] = Find(await EraLoader.ExtendAsync(session, log, EraView.Empty(era), shape.FirstOf(era + 1), shape), sequences);
        }
    }

    private async Task RestrictTimesAsync(EraBits?[] found, (long First, long Last) eras)
    {
        var rows = (await EraRows.ListAsync(session, log, eras, plan.FromMs, plan.UntilMs)).ToDictionary(static row => row.Era);
        for (var index = 0; index < found.Length; index++)
        {
            if (found[index] is not { } bits)
            {
                continue;
            }

            if (!rows.TryGetValue(eras.First + index, out var row))
            {
                MarkDamaged(found, index, eras.First);
            }
            else if (row.LastMs < plan.FromMs || row.FirstMs >= plan.UntilMs)
            {
                Drop(found, index);
            }
            else if (row.TileTimes is not null)
            {
                if (TileTimes.Read(row.TileTimes, row.FirstMs) is { } times)
                {
                    times.Restrict(bits, plan.FromMs, plan.UntilMs);
                }
                else
                {
                    MarkDamaged(found, index, eras.First);
                }
            }
        }
    }

    private async Task RestrictAsync(EraBits?[] found, long firstEra, QueryClause clause)
    {
        var live = Enumerable.Range(0, found.Length).Where(index => found[index] is not null).ToArray();
        if (live.Length == 0)
        {
            return;
        }

        var rows = new Dictionary<int, byte[]?[]>();
        foreach (var part in clause.Atoms.Select(atom => shape.PartOf(plan.Atoms[atom].Term)).Distinct())
        {
            var ofPart = rows[part] = new byte[]?[found.Length];
            await EraRows.ReadAsync(session, log, part, [.. live.Select(index => firstEra + index)], (era, row) => ofPart[era - firstEra] = row);
        }

        foreach (var index in live)
        {
            var era = firstEra + index;
            if (!rows.All(part => part.Value[index] is { } row && PartRow.IsIntact(row, EraShape.Position(log, part.Key, era)))
                || !TryAnd(found[index]!, clause, (atom, target) => PartRow.TryFind(rows[shape.PartOf(plan.Atoms[atom].Term)][index]!, shape.KeyOf(plan.Atoms[atom].Term), target)))
            {
                MarkDamaged(found, index, firstEra);
            }
            else if (found[index]!.IsEmpty)
            {
                Drop(found, index);
            }
        }
    }

    /// <summary>Leaves in <paramref name="bits"/> the records for which the clause holds.</summary>
    /// <param name="find">Adds the records of an atom; false when its row makes no sense.</param>
    private bool TryAnd(EraBits bits, QueryClause clause, Func<int, EraBits, bool> find)
    {
        var any = Rent();
        var readable = true;
        foreach (var alternative in clause.Alternatives.Where(static atoms => atoms.Length > 0))
        {
            var all = default(EraBits);
            foreach (var atom in alternative)
            {
                var one = Rent();
                readable &= find(atom, one);
                if (all is null)
                {
                    all = one;
                }
                else
                {
                    all.And(one);
                    Return(one);
                }
            }

            any.Or(all!);
            Return(all!);
        }

        _order.Note(clause, any);
        bits.And(any);
        Return(any);
        return readable;
    }

    private void MarkDamaged(EraBits?[] found, int index, long firstEra)
    {
        _damaged.Add(firstEra + index);
        Drop(found, index);
    }

    private void Drop(EraBits?[] found, int index)
    {
        Return(found[index]!);
        found[index] = null;
    }
}
