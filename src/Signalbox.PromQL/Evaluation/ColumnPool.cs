namespace Signalbox.PromQL.Evaluation;

/// <summary>Lends columns within one query and counts what they hold.</summary>
internal sealed class ColumnPool(SampleBudget budget) : IDisposable
{
    private readonly Stack<Column> _free = new();

    /// <summary>A column of the length with undefined values.</summary>
    public Column Rent(int count)
    {
        budget.Hold(count);
        var column = _free.TryPop(out var reused) ? reused : new Column();
        column.Resize(count);
        return column;
    }

    public void Return(Column column)
    {
        budget.Release(column.Count);
        column.DropHistograms();
        _free.Push(column);
    }

    public void Dispose()
    {
        while (_free.TryPop(out var column))
        {
            column.Free();
        }
    }
}
