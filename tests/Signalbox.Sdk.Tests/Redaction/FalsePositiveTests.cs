using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class FalsePositiveTests
{
    private const double MostInAMegabyte = 3;

    [Fact]
    public void FewPlacesOfTheRepositoryAreErased() => Check(OrdinaryTexts.Repository(), MostInAMegabyte);

    [Fact]
    public void NothingOfOrdinaryLogLinesIsErased() => Check(OrdinaryTexts.Lines(1, 9_000), 0);

    private static void Check(IEnumerable<string> texts, double most)
    {
        var (characters, erased) = (0L, new List<string>());
        foreach (var text in texts)
        {
            var result = Redactor.Default.Scan(text);
            characters += text.Length;
            erased.AddRange(result.Places.Select(place => $"{place.Rule}: …{result.Text[Math.Max(0, place.Offset - 60)..Math.Min(result.Text.Length, place.Offset + place.Length + 20)].ReplaceLineEndings(" ")}"));
        }

        var rate = erased.Count / (characters / 1_000_000.0);
        TestContext.Current.SendDiagnosticMessage("{0} places erased in {1:F2} million characters: {2:F2} a megabyte", erased.Count, characters / 1e6, rate);
        Assert.True(rate <= most, $"{rate:F1} places a megabyte, at most {most}:\n{string.Join('\n', erased)}");
        Assert.InRange(characters, 500_000, long.MaxValue);
    }
}
