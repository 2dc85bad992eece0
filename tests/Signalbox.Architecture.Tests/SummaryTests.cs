using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Signalbox.Architecture.Tests;

public sealed class SummaryTests
{
    private const int MaxPragmas = 10;

    [Fact]
    public void EveryTypeOfTheProductSaysWhatItIsFor() => Exceptions.Check(
        "type-summary",
        from file in SourceTree.Product
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        where !type.Modifiers.Any(SyntaxKind.PrivateKeyword) && type.Parent is not TypeDeclarationSyntax
        where !HasSummary(file, type)
        select ($"{file.Path}:{type.Identifier.Text}", "it has no summary"));

    [Fact]
    public void WarningsAreSwitchedOffInFewPlacesOnly() =>
        Assert.InRange(SourceTree.Product.Sum(static file => file.Text.Split("#pragma warning disable").Length - 1), 0, MaxPragmas);

    /// <summary>Of a partial type one declaration with a summary is enough.</summary>
    private static bool HasSummary(SourceFile file, BaseTypeDeclarationSyntax type) =>
        IsDocumented(type)
        || (type.Modifiers.Any(SyntaxKind.PartialKeyword)
            && SourceTree.Product
                .Where(other => Path.GetDirectoryName(other.Path) == Path.GetDirectoryName(file.Path))
                .SelectMany(static other => other.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
                .Any(other => other.Identifier.Text == type.Identifier.Text && IsDocumented(other)));

    private static bool IsDocumented(BaseTypeDeclarationSyntax type) =>
        type.GetLeadingTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
            || (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith("///", StringComparison.Ordinal)));
}
