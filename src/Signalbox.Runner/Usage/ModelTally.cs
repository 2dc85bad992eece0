using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>Sums of tokens by model.</summary>
internal sealed class ModelTally
{
    /// <summary>Models that are told apart; those beyond are counted together as <c>other</c>, with which there are as many as a server takes.</summary>
    public const int MaxModels = 199;

    private readonly SortedDictionary<string, TokenCounts> _models = new(StringComparer.Ordinal);

    /// <summary>In ordinal order of their names; those of which nothing was used are left out.</summary>
    public IEnumerable<KeyValuePair<string, TokenCounts>> Used => _models.Where(static model => model.Value != ModelTokens.None);

    public long Total { get; private set; }

    public TokenCounts this[string model] => _models.GetValueOrDefault(model, ModelTokens.None);

    public void Add(string model, TokenCounts tokens)
    {
        var name = _models.ContainsKey(model) || _models.Count < MaxModels ? model : "other";
        _models[name] = ModelTokens.Add(this[name], tokens);
        Total += tokens.Total;
    }

    public void Add(ModelTally other)
    {
        foreach (var (model, tokens) in other._models)
        {
            Add(model, tokens);
        }
    }

    /// <summary>Adds all of it to another and is empty then.</summary>
    public void MoveTo(ModelTally other)
    {
        other.Add(this);
        Clear();
    }

    public void Clear()
    {
        _models.Clear();
        Total = 0;
    }
}
