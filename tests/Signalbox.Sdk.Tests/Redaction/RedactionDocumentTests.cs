using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class RedactionDocumentTests
{
    [Fact]
    public void ThePageHasARowForEachRule()
    {
        var page = File.ReadAllText(RepositoryRoot.File("docs", "redaction.md"));

        Assert.All(RedactionRules.All, rule => Assert.Contains($"| `{rule.Id}` | {rule.Description} |", page, StringComparison.Ordinal));
    }
}
