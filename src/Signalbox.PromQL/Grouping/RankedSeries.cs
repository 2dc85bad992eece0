using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Grouping;

/// <summary><c>topk</c> and <c>bottomk</c>: keeps, at each step, the k first series of each group.</summary>
internal static class RankedSeries
{
    public static VectorOperator Select(VectorOperator inner, SeriesGroups groups, double[] counts, AggregateNotes notes, QueryContext context)
    {
        List<SeriesHeader> headers = [];
        List<Column> columns = [];
        var column = context.Columns.Rent(inner.Grid.Count);
        foreach (var members in groups.Members)
        {
            var ranks = new Ranks(inner.Grid.Count, counts, members.Count, notes.Descending);
            foreach (var member in members)
            {
                context.ThrowIfCancelled();
                inner.Read(member, column);
                if (column.RemoveHistograms())
                {
                    notes.InformHistogramIgnored();
                }

                ranks.Add(member, column.Values);
            }

            foreach (var (member, steps) in ranks.Winners())
            {
                var kept = context.Columns.Rent(inner.Grid.Count);
                kept.Clear();
                foreach (var (step, value) in steps)
                {
                    kept.Values[step] = value;
                }

                headers.Add(inner.Headers[member]);
                columns.Add(kept);
            }
        }

        context.Columns.Return(column);
        return new ComputedVector(inner.Grid, [.. headers], [.. columns], context.Columns);
    }

    /// <summary>For each step a heap of the best entries so far, the worst of them on top.</summary>
    private sealed class Ranks
    {
        private readonly PriorityQueue<(int Member, double Value), (double Value, int Member)>[] _steps;
        private readonly int[] _limits;
        private readonly Comparer<(double Value, int Member)> _order;

        public Ranks(int steps, double[] counts, int members, bool descending)
        {
            // Worse comes first; of equals the later series is worse. NaN is worse than any number.
            _order = Comparer<(double Value, int Member)>.Create((left, right) =>
            {
                if (double.IsNaN(left.Value) || double.IsNaN(right.Value))
                {
                    var nan = double.IsNaN(right.Value).CompareTo(double.IsNaN(left.Value));
                    return nan != 0 ? nan : right.Member.CompareTo(left.Member);
                }

                var order = descending ? left.Value.CompareTo(right.Value) : right.Value.CompareTo(left.Value);
                return order != 0 ? order : right.Member.CompareTo(left.Member);
            });
            _steps = new PriorityQueue<(int, double), (double, int)>[steps];
            _limits = new int[steps];
            for (var step = 0; step < steps; step++)
            {
                _steps[step] = new PriorityQueue<(int, double), (double, int)>(_order);
                _limits[step] = (int)Math.Clamp(counts[step], 0, members);
            }
        }

        public void Add(int member, ReadOnlySpan<double> values)
        {
            for (var step = 0; step < values.Length; step++)
            {
                if (Column.IsAbsent(values[step]) || _limits[step] == 0)
                {
                    continue;
                }

                var heap = _steps[step];
                var rank = (values[step], member);
                if (heap.Count < _limits[step])
                {
                    heap.Enqueue((member, values[step]), rank);
                }
                else if (heap.TryPeek(out _, out var worst) && _order.Compare(rank, worst) > 0)
                {
                    heap.DequeueEnqueue((member, values[step]), rank);
                }
            }
        }

        /// <summary>The series that are among the best at any step, the best of the first step first.</summary>
        public List<(int Member, List<(int Step, double Value)> Steps)> Winners()
        {
            List<(int Member, List<(int, double)> Steps)> winners = [];
            var index = new Dictionary<int, int>();
            for (var step = 0; step < _steps.Length; step++)
            {
                var entries = new (int Member, double Value)[_steps[step].Count];
                for (var position = entries.Length - 1; position >= 0; position--)
                {
                    entries[position] = _steps[step].Dequeue();
                }

                foreach (var (member, value) in entries)
                {
                    if (!index.TryGetValue(member, out var at))
                    {
                        index.Add(member, at = winners.Count);
                        winners.Add((member, []));
                    }

                    winners[at].Steps.Add((step, value));
                }
            }

            return winners;
        }
    }
}
