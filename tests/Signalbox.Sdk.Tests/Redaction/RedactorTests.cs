using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class RedactorTests
{
    private static readonly Redactor Subject = new(new RedactionOptions { Key = "0123456789abcdef"u8.ToArray() });

    /// <summary>Made of two halves, so that no scanner takes it for a real one.</summary>
    private static string GitHub(char filling) => "ghp" + "_" + new string(filling, 18) + "9aB2xY7kQ4mN1pR5t0";

    [Theory]
    [InlineData("mysql -h db -P 3306 -u root -p%s shop")]
    [InlineData("az login --service-principal -u app -p %s --tenant t")]
    [InlineData("unzip -P %s a.zip")]
    [InlineData("7z x -p%s a.7z")]
    [InlineData("deploy --api_key %s")]
    [InlineData("ansible_become_pass: %s")]
    [InlineData("$db_pass = \"%s\";")]
    [InlineData("secret_key_base: %s")]
    [InlineData("    .WithPassword(\"%s\")")]
    [InlineData("ALTER USER shop WITH PASSWORD '%s';")]
    [InlineData("CREATE USER shop IDENTIFIED BY '%s';")]
    [InlineData("shop,AKIAQ7R5T3ZZ6YXWVUTS,%saB3dE6fG8hJ9kL2mP4qRsTuVwXyZ")]
    public void ErasesWhatTheNeighbourhoodTells(string text)
    {
        const string Secret = "k4mN1pR5t0zz";

        Assert.DoesNotContain(Secret, Redactor.Default.Redact(text.Replace("%s", Secret, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker run -p 8080:8080 -u 1000 image")]
    [InlineData("mysql -P 3306 --protocol tcp")]
    [InlineData("all_tests_pass: true")]
    [InlineData("SyntaxError: unexpected token 'return' in line 5, expected token 'identifier'")]
    [InlineData("the secret \"database-credentials\" was not found in namespace \"shop\"")]
    [InlineData("var token = GetToken(\"session\");")]
    [InlineData("identified by the number 'of the ticket'")]
    public void LeavesWhatOnlyLooksLikeIt(string text) => Assert.Equal(text, Redactor.Default.Redact(text));

    [Fact]
    public void ErasesATokenAndLeavesTheRest()
    {
        var result = Subject.Scan($"pushed with {GitHub('a')} to main");

        Assert.Matches(@"^pushed with \[redacted:github-token:[a-z2-7]{8}\] to main$", result.Text);
        var place = Assert.Single(result.Places);
        Assert.Equal(("", "github-token", 12), (place.Path, place.Rule, place.Offset));
        Assert.Equal(result.Text[place.Offset..(place.Offset + place.Length)], result.Text["pushed with ".Length..^" to main".Length]);
    }

    [Fact]
    public void KeepsEqualSecretsEqualAndDifferentOnesDifferent()
    {
        var first = Subject.Redact(GitHub('a'));

        Assert.Equal(first, Subject.Redact(GitHub('a')));
        Assert.NotEqual(first, Subject.Redact(GitHub('b')));
        Assert.NotEqual(first, new Redactor(new RedactionOptions { Key = "another key of 16"u8.ToArray() }).Redact(GitHub('a')));
    }

    [Fact]
    public void GivesATextWithoutSecretsBackAsTheSameInstance()
    {
        var text = new string("The tokenCount of the passwordPolicy is 12; see https://example.org/secrets?page=2 for more.".ToCharArray());
        var tree = JsonNode.Parse("""{"tokenCount": 12, "passwordPolicy": {"length": 8}, "secretsScanned": 3, "names": ["a", "b"]}""");
        ReadOnlyMemory<byte> bytes = "nothing here"u8.ToArray();

        Assert.Same(text, Subject.Redact(text));
        Assert.Same(tree, Subject.Redact(tree));
        Assert.Equal(bytes, Subject.Redact(bytes));
        Assert.Null(Subject.Redact((JsonNode?)null));
    }

    [Fact]
    public void RedactsUtf8()
    {
        var redacted = Subject.Redact(Encoding.UTF8.GetBytes($"grüße {GitHub('a')}!"));

        Assert.Equal($"grüße {Subject.Redact(GitHub('a'))}!", Encoding.UTF8.GetString(redacted.Span));
    }

    [Fact]
    public void TellsWhetherASpanHoldsASecret()
    {
        Assert.True(Subject.HoldsSecret(GitHub('a')));
        Assert.False(Subject.HoldsSecret("ghp_short"));
    }

    [Fact]
    public void ErasesTheValueOfANameThatHoldsSecrets()
    {
        Assert.StartsWith("[redacted:field:", Subject.RedactNamed("X-Api-Key", "abc"), StringComparison.Ordinal);
        Assert.StartsWith("[redacted:datadog-key:", Subject.RedactNamed("datadog", "0f3a9c41d27e58b6" + "a1c4e7092b5d8f36"), StringComparison.Ordinal);
        Assert.Equal("gzip", Subject.RedactNamed("Accept-Encoding", "gzip"));
    }

    [Fact]
    public void AnotherKeyGivenLaterChangesTheTagsOnly()
    {
        var key = "another key of 16"u8.ToArray();
        var options = new RedactionOptions { MaskedNames = ["shoe size"], Masks = ["/pin"] };

        var later = new Redactor(options).WithKey(key);

        Assert.Equal(new Redactor(options with { Key = key }).Redact(GitHub('a')), later.Redact(GitHub('a')));
        Assert.StartsWith("[redacted:field:", later.RedactNamed("shoeSize", "44"), StringComparison.Ordinal);
        Assert.StartsWith("[redacted:mask:", (string)later.Redact(new JsonObject { ["pin"] = "12" })!["pin"]!, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => later.WithKey(new byte[15]));
    }

    [Fact]
    public void ErasesAPrivateKeyWhole()
    {
        var body = string.Join('\n', Enumerable.Range(0, 20).Select(static line => Convert.ToBase64String(Encoding.ASCII.GetBytes($"line {line} of a key that is none, 48 bytes long"))));
        var text = $"before\n-----BEGIN RSA {"PRIVATE"} KEY-----\n{body}\n-----END RSA {"PRIVATE"} KEY-----\nafter";

        Assert.Matches(@"^before\n\[redacted:private-key:[a-z2-7]{8}\]\nafter$", Subject.Redact(text));
        Assert.DoesNotContain(body[..40], Subject.Redact(text[..(text.Length / 2)]), StringComparison.Ordinal);
        Assert.DoesNotContain(body[^40..], Subject.Redact(text[(text.Length / 2)..]), StringComparison.Ordinal);
    }
}
