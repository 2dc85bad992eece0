using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class RedactionRulesTests
{
    [Fact]
    public void EveryBuiltInRuleCanBeBuilt()
    {
        // A list that is not the built-in one is built at once.
        var redactor = new Redactor(new RedactionOptions { Rules = [.. RedactionRules.All] });

        Assert.Equal("text", redactor.Redact("text"));
    }

    [Fact]
    public void EveryBuiltInRuleHasAKeywordAndADescription()
    {
        Assert.All(RedactionRules.All, static rule => Assert.NotEmpty(rule.Keywords));
        Assert.All(RedactionRules.All, static rule => Assert.InRange(rule.Description.Length, 5, 120));
        Assert.InRange(RedactionRules.All.Count, 60, 1000);
    }

    [Fact]
    public void UsesARuleOfOnesOwn()
    {
        var redactor = new Redactor(new RedactionOptions
        {
            AdditionalRules = [new RedactionRule { Id = "acme", Description = "Acme's tokens", Pattern = "acme-(?<body>[0-9]+)", SecretGroup = "body", Keywords = ["acme-"], AllowValues = ["000"] }],
        });

        Assert.Matches(@"^acme-\[redacted:acme:[a-z2-7]{8}\] acme-000$", redactor.Redact("acme-123 acme-000"));
    }

    [Theory]
    [InlineData("Upper", "x", null, "an id has")]
    [InlineData("broken", "(x", null, "cannot be used")]
    [InlineData("around", "(?=x)", null, "cannot be used")]
    [InlineData("group", "x", "secret", "no group named secret")]
    [InlineData("jwt", "x", null, "two rules")]
    public void NamesTheRuleThatCannotBeUsed(string id, string pattern, string? group, string reason)
    {
        var error = Assert.Throws<RedactionRuleException>(() => new Redactor(new RedactionOptions
        {
            AdditionalRules = [new RedactionRule { Id = id, Description = "A rule", Pattern = pattern, SecretGroup = group }],
        }));

        Assert.Equal(id, error.Rule);
        Assert.Contains(id, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
