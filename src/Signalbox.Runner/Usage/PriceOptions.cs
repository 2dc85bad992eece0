using Signalbox.Settings;

namespace Signalbox.Runner.Usage;

/// <summary>The section <c>prices</c>: what tokens cost where the agent does not say.</summary>
internal sealed record PriceOptions(PriceTable Table)
{
    /// <summary>More than any model costs; a larger number is a slip of the unit.</summary>
    private const double MaxUsdPerMillion = 1_000_000;

    private const int MaxModels = 1000;

    public static PriceOptions Read(SettingsReader settings)
    {
        var prices = new List<ModelPrice>();
        switch (settings.Structure("prices", "US dollars for a million tokens, by model: input, output, cache_read, cache_creation. A name may end in *; the longest that fits counts. Used where the agent does not tell its cost."))
        {
            case null or ScalarNode { Text: null }:
                break;
            case MapNode { Entries.Count: > MaxModels } map:
                settings.Fail(map, "prices", $"More than {MaxModels} models.");
                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    ReadModel(settings, entry, prices);
                }

                break;
            case var node:
                settings.Fail(node, "prices", $"A mapping of models belongs here, not {node.Kind}.");
                break;
        }

        return new PriceOptions(new PriceTable(prices));
    }

    private static void ReadModel(SettingsReader settings, SettingsEntry entry, List<ModelPrice> into)
    {
        var model = entry.Key.Text!;
        if (model.AsSpan(0, Math.Max(model.Length - 1, 0)).Contains('*'))
        {
            settings.Fail(entry.Key, $"prices.{model}", "A * may only stand at the end of a model's name.");
            return;
        }

        if (entry.Value is not MapNode map)
        {
            settings.Fail(entry.Value, $"prices.{model}", $"A mapping with input and output belongs here, not {entry.Value.Kind}.");
            return;
        }

        var section = new SettingsSection(settings, map, $"prices.{model}");
        var input = Price(section, "input");
        var output = Price(section, "output");
        var cacheRead = Price(section, "cache_read");
        var cacheCreation = Price(section, "cache_creation");
        section.Finish();
        if (input is null || output is null)
        {
            section.Fail(input is null ? "input" : "output", "This key is required.");
            return;
        }

        // Without prices of its own, what goes through a cache costs what input costs: too much rather than too little for a budget.
        into.Add(new ModelPrice(model, input.Value, output.Value, cacheRead ?? input.Value, cacheCreation ?? input.Value));
    }

    private static decimal? Price(SettingsSection section, string key) => (decimal?)section.Number(key, MaxUsdPerMillion);
}
