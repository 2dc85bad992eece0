using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Secrets;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed partial class SecretSamplesTests
{
    private const int PieceLength = 8;
    private static readonly Redactor Subject = new(new RedactionOptions { Key = "0123456789abcdef"u8.ToArray() });

    [Fact]
    public void ThereAreTwoHundredOfSixtyKinds()
    {
        var samples = SecretSamples.Create(1);

        Assert.InRange(samples.Count, 200, 10_000);
        Assert.InRange(samples.Select(static sample => sample.Kind).Distinct(StringComparer.Ordinal).Count(), 60, 1000);
        Assert.Equal(samples, SecretSamples.Create(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AreErasedFromEveryText(int seed)
    {
        var left = from sample in SecretSamples.Create(seed, rounds: 1)
                   from form in sample.Forms()
                   let redacted = Subject.Redact(form.Text)
                   where HoldsPieceOf(sample.Value, redacted)
                   select $"{sample.Kind} in {form.Form}: {form.Text} → {redacted}";

        Assert.True(!left.Any(), string.Join("\n", left));
    }

    [Fact]
    public void AreErasedFromEveryMember()
    {
        var left = from sample in SecretSamples.Create(4)
                   let text = sample.Text ?? sample.Value
                   let tree = new JsonObject { ["a"] = new JsonArray(new JsonObject { [sample.Name] = text }), ["b"] = new JsonObject { ["headers"] = new JsonArray(new JsonObject { ["name"] = sample.Name, ["value"] = text }) } }
                   let redacted = Subject.Redact(tree)!.ToJsonString()
                   where HoldsPieceOf(sample.Value, redacted)
                   select $"{sample.Kind}: {redacted}";

        Assert.True(!left.Any(), string.Join("\n", left));
    }

    [Fact]
    public void StayErasedTheSameWhenRedactedAgain()
    {
        var changed = from sample in SecretSamples.Create(5, rounds: 1)
                      from form in sample.Forms()
                      let once = Subject.Redact(form.Text)
                      let twice = Subject.Redact(once)
                      where !ReferenceEquals(once, twice)
                      select $"{sample.Kind} in {form.Form}: {once} → {twice}";

        Assert.True(!changed.Any(), string.Join("\n", changed));
    }

    [Fact]
    public void LeaveWhatStandsAroundThemAlone()
    {
        var token = SecretSamples.Create(6).First(static sample => sample.Kind == "github-token");

        Assert.All(token.Forms().Where(static form => form.Form is not "bearer"), form =>
        {
            var parts = form.Text.Split(token.Value);
            var redacted = Subject.Redact(form.Text);
            Assert.StartsWith(parts[0], redacted, StringComparison.Ordinal);
            Assert.EndsWith(parts[^1], redacted, StringComparison.Ordinal);
        });
    }

    /// <summary>Markers are no text of the secret, though the name of a rule may be its beginning.</summary>
    private static bool HoldsPieceOf(string secret, string redacted) => Marker().Replace(redacted, " ") is var text
        && Enumerable.Range(0, Math.Max(1, secret.Length - PieceLength + 1)).Any(start => text.Contains(secret.Substring(start, Math.Min(PieceLength, secret.Length)), StringComparison.Ordinal));

    [GeneratedRegex(@"\[redacted:[a-z0-9.-]+:[a-z2-7]{8}\]", RegexOptions.None, 1000)]
    private static partial Regex Marker();
}
