using Signalbox.Runner.Readings;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

public sealed class RedactionSnapshotTests
{
    [Fact]
    public void ErasesTheSameOnReplay()
    {
        var options = new RedactionOptions
        {
            Key = new byte[32],
            AdditionalRules = [new RedactionRule { Id = "house-ticket", Description = "A ticket of the house.", Pattern = "TICKET-(?<secret>[0-9]{6})", Keywords = ["ticket"] }],
            MaskedNames = ["shoe size"],
        };
        var start = RunFacts.Start() with
        {
            RedactionKey = Convert.ToBase64String(new byte[32]),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [RunSettings.Redaction] = RedactionSnapshot.Write(options) },
        };
        var live = new Redactor(options);
        var replayed = RedactionSnapshot.RedactorOf(start);

        Assert.NotEqual("TICKET-123456", live.Redact("TICKET-123456"));
        Assert.Equal(live.Redact("TICKET-123456"), replayed.Redact("TICKET-123456"));
        Assert.Equal(live.RedactNamed("shoeSize", "43"), replayed.RedactNamed("shoeSize", "43"));
    }
}
