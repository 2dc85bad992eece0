using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Secrets;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class RedactionBoundsTests
{
    private static readonly Redactor Small = new(new RedactionOptions { Key = "0123456789abcdef"u8.ToArray(), WindowLength = 1024 });

    /// <summary>Pieces of which confusing texts are made.</summary>
    private static readonly string[] Pieces =
    [
        "password", "=", ":", "\"", "'", "\\", " ", "\n", "token", "[redacted:", "[redacted:jwt:abcdefgh]", "]", "://", "@", "a1B2c3D4e5F6g7H8", "Bearer ", "Authorization", "cookie: ",
        "-----BEGIN PRIV" + "ATE KEY-----", "-----END PRIV" + "ATE KEY-----", "eyJ", ".", "\ud800", "\udc00", "é", "\0", "{", "}", "secret", ",", ";", "<", ">", "x", "%20", "--", "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345",
    ];

    [Fact]
    public void FindsSecretsWhereverTheyStandInALongText()
    {
        foreach (var sample in SecretSamples.Create(7).Where(static sample => sample.Kind is "github-token" or "private-key" or "database-url" or "pypi-token"))
        {
            var text = sample.Text ?? sample.Value;
            for (var before = 900; before < 2300; before += 173)
            {
                var redacted = Small.Redact(Filling(before) + text + " " + Filling(3000));

                Assert.DoesNotContain(sample.Value[^8..], redacted, StringComparison.Ordinal);
                Assert.DoesNotContain(sample.Value[8..16], redacted, StringComparison.Ordinal);
                Assert.EndsWith(Filling(3000), redacted, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void ErasesASecretThatIsLongerThanAWindow()
    {
        var token = "gl" + "pat-" + string.Concat(Enumerable.Repeat("9aB2xY7kQ4mN1pR5t0", 500));

        Assert.Matches(@"^a \[redacted:gitlab-token:[a-z2-7]{8}\] b$", Small.Redact($"a {token} b"));
    }

    [Fact]
    public void ErasesTheWholeTextWhenAPatternTakesTooLong()
    {
        var redactor = new Redactor(new RedactionOptions
        {
            AdditionalRules = [new RedactionRule { Id = "slow", Description = "Never ends", Pattern = "x", Filter = static (in SecretCandidate _) => throw new RegexMatchTimeoutException() }],
        });

        Assert.Matches(@"^\[redacted:timeout:[a-z2-7]{8}\]$", redactor.Redact("some x text"));
        Assert.True(redactor.HoldsSecret("x"));
        Assert.Equal(2, redactor.Timeouts);
        Assert.Equal("timeout", Assert.Single(redactor.Scan(JsonNode.Parse("""{"a": "x", "b": "y"}""")).Places).Rule);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void RefusesAKeyThatIsTooShort(int length) => Assert.Throws<ArgumentOutOfRangeException>(() => new Redactor(new RedactionOptions { Key = new byte[length] }));

    /// <summary>The engine takes each character once for each rule at most, so inputs that other engines choke on cost what others cost; it would throw on its own time-out otherwise.</summary>
    [Fact]
    public void EndsOnInputsThatMakeOtherEnginesBacktrack()
    {
        string[] inputs =
        [
            new string('a', 100_000), "password=" + new string('=', 50_000), string.Concat(Enumerable.Repeat("token:", 5_000)), "https://" + new string('a', 100_000) + ":" + new string('@', 20_000),
            string.Concat(Enumerable.Repeat("-----BEGIN PRIV" + "ATE KEY-----", 500)), "eyJ" + string.Concat(Enumerable.Repeat("a.", 20_000)), "Cookie: " + string.Concat(Enumerable.Repeat("a=\"", 20_000)),
        ];

        Assert.All(inputs, static input => Assert.DoesNotContain("[redacted:timeout:", Redactor.Default.Redact(input), StringComparison.Ordinal));
    }

    [Fact]
    public void IsStableAndNeverThrowsOnAnyMixture()
    {
        var random = new Random(11);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var once = Small.Scan(text);
            var twice = Small.Redact(once.Text);

            Assert.True(ReferenceEquals(once.Text, twice), $"{text} → {once.Text} → {twice}");
            Assert.All(once.Places, place => Assert.StartsWith($"[redacted:{place.Rule}:", once.Text.Substring(place.Offset, place.Length), StringComparison.Ordinal));
            Assert.Equal(once.Text, Small.Redact(new JsonObject { ["a"] = text })!["a"]!.GetValue<string>());
        }
    }

    [Fact]
    public void NeverThrowsOnRandomCharacters() =>
        Prop.ForAll<string?>(static text => Small.Redact(Small.Redact(text ?? string.Empty)) == Small.Redact(text ?? string.Empty)).QuickCheckThrowOnFailure();

    [Fact]
    public void LeavesBytesThatAreNoTextAsTheyWere()
    {
        var random = new Random(12);
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            ReadOnlyMemory<byte> given = bytes;

            var redacted = Small.Redact(given);

            Assert.True(redacted.Equals(given) || Encoding.UTF8.GetString(redacted.Span).Contains("[redacted:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void CopiesNothingOfATextWithoutSecrets()
    {
        var text = "The job nightly-import ran in 12 s on worker 7; 4096 rows, no errors. See the token count in its report.";
        Small.Redact(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Small.Redact(text);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
    }

    private static string Filling(int length) => string.Concat(Enumerable.Repeat("lorem ipsum, ", (length / 13) + 1))[..length];
}
