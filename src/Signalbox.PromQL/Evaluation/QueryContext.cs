using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>What is fixed for a whole query.</summary>
internal sealed record QuerySettings(PromQLOptions Options, TimeSpan Lookback, string Query, StepGrid Grid, bool IsRange)
{
    public long LookbackMilliseconds { get; } = (long)Lookback.TotalMilliseconds;

    public QueryTimes Times { get; } = new(Grid.Start, Grid.End, IsRange ? Grid.Step : 0);
}

/// <summary>What all parts of one query's evaluation share.</summary>
internal sealed class QueryContext : IDisposable
{
    private readonly Dictionary<Expr, IReadOnlyList<ISeries>> _selected = new(ReferenceEqualityComparer.Instance);

    public QueryContext(QuerySettings settings, CancellationToken cancellationToken)
    {
        Settings = settings;
        CancellationToken = cancellationToken;
        Samples = new SampleBudget(settings.Options.MaxSamples);
        Columns = new ColumnPool(Samples);
    }

    public QuerySettings Settings { get; }

    public CancellationToken CancellationToken { get; }

    public Annotations Annotations { get; } = new();

    public SampleBudget Samples { get; }

    public ColumnPool Columns { get; }

    public BufferPool Buffers { get; } = new();

    public bool DelayedNameRemoval => Settings.Options.DelayedNameRemoval;

    public long SeriesSelected { get; private set; }

    /// <param name="selector">A selector, or the call of <c>info</c> whose info series are wanted.</param>
    public IReadOnlyList<ISeries> SeriesOf(Expr selector) => _selected[selector];

    public void Put(Expr selector, IReadOnlyList<ISeries> series)
    {
        SeriesSelected += series.Count;
        _selected[selector] = series;
    }

    public void ThrowIfCancelled() => CancellationToken.ThrowIfCancellationRequested();

    public void Dispose()
    {
        Columns.Dispose();
        Buffers.Dispose();
    }
}
