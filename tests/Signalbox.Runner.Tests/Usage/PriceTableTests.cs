using Signalbox.Runner.Facts;
using Signalbox.Runner.Usage;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Usage;

public sealed class PriceTableTests
{
    private const string Yaml = """
        prices:
          claude-*: {input: 1, output: 2}
          claude-sonnet-*: {input: 3, output: 15, cache_read: 0.3, cache_creation: 3.75}
          claude-sonnet-4: {input: 10, output: 20}
        """;

    [Theory]
    [InlineData("claude-sonnet-4-5", "0.00002205")]
    [InlineData("claude-sonnet-4", "0.00005")]
    [InlineData("claude-opus-4", "0.000005")]
    [InlineData("gpt-5", null)]
    public void TheNameItselfCountsAndThenTheLongestBeginning(string model, string? cost)
    {
        var (table, errors) = Read(Yaml);

        Assert.Empty(errors);
        Assert.Equal(cost, table.CostOf(model, new TokenCounts(1, 1, 1, 1))?.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void ComesBackFromTheFormInWhichItIsKept()
    {
        var (table, _) = Read(Yaml);

        Assert.Equal(table.Prices, PriceTable.FromJson(table.ToJson()).Prices);
        Assert.Empty(PriceTable.FromJson(null).Prices);
    }

    [Theory]
    [InlineData("prices: [a]", "prices")]
    [InlineData("prices: {a*b: {input: 1, output: 1}}", "prices.a*b")]
    [InlineData("prices: {a: 5}", "prices.a")]
    [InlineData("prices: {a: {input: 1}}", "prices.a.output")]
    [InlineData("prices: {a: {input: 1, output: -1}}", "prices.a.output")]
    [InlineData("prices: {a: {input: 1, output: 1, cached: 1}}", "prices.a.cached")]
    public void TellsWhatIsWrong(string yaml, string key) => Assert.Contains(Read(yaml).Errors, error => error.Key == key && error.Place.StartsWith("s.yaml:1:", StringComparison.Ordinal));

    private static (PriceTable Table, IReadOnlyList<SettingsError> Errors) Read(string yaml)
    {
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(), new Dictionary<string, string>(), SettingsFile.Parse(yaml, "s.yaml")));
        return (PriceOptions.Read(settings).Table, settings.Errors);
    }
}
