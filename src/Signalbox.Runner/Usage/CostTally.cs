using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>Adds up money from accounts and from prices, and remembers which of the two it was.</summary>
internal sealed class CostTally(PriceTable prices)
{
    private readonly PriceTable _prices = prices;
    private readonly Dictionary<string, decimal?> _models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unpriced = new(StringComparer.Ordinal);
    private decimal _total;
    private bool _reported;
    private bool _priced;

    /// <summary>A tally that begins with what another holds.</summary>
    public CostTally(CostTally other)
        : this(other._prices)
    {
        _models = new Dictionary<string, decimal?>(other._models, StringComparer.Ordinal);
        _unpriced.UnionWith(other._unpriced);
        (_total, _reported, _priced) = (other._total, other._reported, other._priced);
    }

    public decimal? Total => _reported || _priced ? _total : null;

    public string Source => (_reported, _priced) switch
    {
        (true, true) => "mixed",
        (true, false) => "reported",
        (false, true) => "prices",
        _ => "none",
    };

    /// <summary>Models of which tokens were used that neither an account nor a price covers.</summary>
    public IReadOnlyCollection<string> Unpriced => _unpriced;

    /// <summary>Null when it is not known of all the model's tokens.</summary>
    public decimal? Of(string model) => _models.GetValueOrDefault(model);

    public void Add(AgentAccount account)
    {
        if (account.CostUsd is { } cost)
        {
            _total += cost;
            _reported = true;
            foreach (var model in account.Models)
            {
                Note(model.Model, model.CostUsd ?? (account.Models.Count == 1 ? cost : null));
            }

            return;
        }

        foreach (var model in account.Models)
        {
            AddPriced(model.Model, model.Tokens);
        }
    }

    public void Add(ModelTally tokens)
    {
        foreach (var (model, counts) in tokens.Used)
        {
            AddPriced(model, counts);
        }
    }

    private void AddPriced(string model, TokenCounts tokens)
    {
        if (_prices.CostOf(model, tokens) is { } cost)
        {
            _total += cost;
            _priced = true;
            Note(model, cost);
        }
        else
        {
            _unpriced.Add(model);
            Note(model, null);
        }
    }

    private void Note(string model, decimal? cost) => _models[model] = _models.TryGetValue(model, out var before) ? before + cost : cost;
}
