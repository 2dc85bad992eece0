using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Signalbox.Testing.Files;

namespace Signalbox.Architecture.Tests;

/// <summary>The repository's C# files, parsed once for all tests.</summary>
internal static class SourceTree
{
    private static readonly string[] Roots = ["src", "tests", "bench", "examples", "eng"];

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Roots.SelectMany(Read).OrderBy(static file => file.Path, StringComparer.Ordinal)];

    /// <summary>Files of the product itself.</summary>
    public static IEnumerable<SourceFile> Product => Files.Where(static file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Read(string folder)
    {
        var path = RepositoryRoot.File(folder);
        return !Directory.Exists(path)
            ? []
            : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
                .Select(static file => (File: file, Relative: Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/')))
                .Where(static file => !file.Relative.Contains("/obj/", StringComparison.Ordinal) && !file.Relative.Contains("/node_modules/", StringComparison.Ordinal))
                .Select(static file => new SourceFile(file.Relative, File.ReadAllText(file.File)));
    }
}

/// <summary>One C# file.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public SyntaxNode Root { get; } = CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    public int LineCount => Text.AsSpan().Count('\n');

    public static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
