using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>What tokens cost, by model.</summary>
internal sealed class PriceTable(IReadOnlyList<ModelPrice> prices)
{
    private const decimal Million = 1_000_000m;

    public static PriceTable Empty { get; } = new([]);

    public IReadOnlyList<ModelPrice> Prices { get; } = [.. prices];

    /// <summary>Reads what <see cref="ToJson"/> wrote into <c>run.json</c>; nothing reads as no prices.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static PriceTable FromJson(string? json) => string.IsNullOrEmpty(json) ? Empty : new PriceTable(JsonSerializer.Deserialize(json, UsageJson.Default.ModelPriceArray) ?? []);

    public string ToJson() => JsonSerializer.Serialize([.. Prices], UsageJson.Default.ModelPriceArray);

    /// <summary>US dollars; null when the table does not know the model.</summary>
    public decimal? CostOf(string model, TokenCounts tokens) => Find(model) is { } price
        ? ((tokens.Input * price.Input) + (tokens.Output * price.Output) + (tokens.CacheRead * price.CacheRead) + (tokens.CacheCreation * price.CacheCreation)) / Million
        : null;

    /// <summary>The name itself, else the longest beginning that fits.</summary>
    private ModelPrice? Find(string model)
    {
        ModelPrice? best = null;
        foreach (var price in Prices)
        {
            if (price.Model == model)
            {
                return price;
            }

            if (price.Model.EndsWith('*') && model.AsSpan().StartsWith(price.Model.AsSpan(0, price.Model.Length - 1), StringComparison.Ordinal) && price.Model.Length > (best?.Model.Length ?? 0))
            {
                best = price;
            }
        }

        return best;
    }
}

/// <summary>What a million tokens of a model cost in US dollars.</summary>
/// <param name="Model">Its name, or the beginning of names followed by <c>*</c>.</param>
internal sealed record ModelPrice(string Model, decimal Input, decimal Output, decimal CacheRead, decimal CacheCreation);

/// <summary>The form in which prices are kept with a run.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelPrice[]))]
internal sealed partial class UsageJson : JsonSerializerContext;
