using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Signalbox.Architecture.Tests;

public sealed class SizeTests
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 60;
    private const int MaxConstructorParameters = 6;

    private static readonly string[] BannedNames = ["Helper", "Helpers", "Manager", "Utils", "Utilities", "Utility", "Impl", "Common", "Misc"];
    private static readonly string[] BannedFolders = ["Models", "Services", "Helpers", "Utils", "Common", "Shared"];

    [Fact]
    public void NoFileIsLongerThanTheHouseAllows() => Exceptions.Check(
        "file-lines",
        SourceTree.Files.Where(static file => file.LineCount > MaxFileLines).Select(static file => (file.Path, $"{file.LineCount} lines, at most {MaxFileLines}")));

    [Fact]
    public void NoMethodIsLongerThanTheHouseAllows() => Exceptions.Check(
        "method-lines",
        from file in SourceTree.Files
        from method in file.Root.DescendantNodes()
        where method is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = SourceFile.LinesOf(method)
        where lines > MaxMethodLines
        select ($"{file.Path}:{NameOf(method)}", $"{lines} lines, at most {MaxMethodLines}"));

    [Fact]
    public void NoConstructorTakesMoreThanTheHouseAllows() => Exceptions.Check(
        "constructor-parameters",
        from file in SourceTree.Product
        from node in file.Root.DescendantNodes()
        let parameters = node switch
        {
            ConstructorDeclarationSyntax constructor => constructor.ParameterList.Parameters.Count,
            ClassDeclarationSyntax { ParameterList: { } list } => list.Parameters.Count,
            StructDeclarationSyntax { ParameterList: { } list } => list.Parameters.Count,
            _ => 0,
        }
        where parameters > MaxConstructorParameters
        select ($"{file.Path}:{NameOf(node)}", $"{parameters} parameters, at most {MaxConstructorParameters}"));

    [Fact]
    public void NoFileHasANameThatSaysNothing() => Exceptions.Check(
        "file-names",
        SourceTree.Files
            .Where(static file => Array.Exists(BannedNames, name => Path.GetFileNameWithoutExtension(file.Path).EndsWith(name, StringComparison.Ordinal)))
            .Select(static file => (file.Path, "its name says nothing about what it holds")));

    // tests/Signalbox.Testing/Services holds real servers; the rule is about folders that sort code by its technical kind.
    [Fact]
    public void NoFolderSortsCodeByTechnicalKind() => Exceptions.Check(
        "folder-names",
        SourceTree.Product
            .Where(static file => file.Path.Split('/').SkipLast(1).Any(static part => BannedFolders.Contains(part, StringComparer.Ordinal)))
            .Select(static file => (file.Path, "it stands in a folder that sorts by technical kind")));

    private static string NameOf(Microsoft.CodeAnalysis.SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        TypeDeclarationSyntax type => type.Identifier.Text,
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        _ => node.Kind().ToString(),
    };
}
