using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Signalbox.Settings;

/// <summary>Reads a YAML file into nodes that know their place.</summary>
/// <remarks>Bounds: 4 MiB of text, 200,000 nodes after aliases are followed, 64 levels.</remarks>
public static class SettingsFile
{
    public const int MaxBytes = 4 * 1024 * 1024;
    private const int MaxNodes = 200_000;
    private const int MaxDepth = 64;

    /// <exception cref="SettingsException">The file cannot be read or is not one YAML mapping.</exception>
    public static MapNode Read(string path) => AsMap(ReadAny(path), path);

    /// <summary>Like <see cref="Read"/>, for files whose root may be a list; null when the file holds no document.</summary>
    /// <exception cref="SettingsException">The file cannot be read or is not YAML.</exception>
    public static SettingsNode? ReadAny(string path) => Single(ReadAll(path, path), path);

    /// <summary>Like <see cref="ReadAny"/>, for files that may hold several documents.</summary>
    /// <param name="name">What the file is called in places and messages.</param>
    /// <exception cref="SettingsException">The file cannot be read or is not YAML.</exception>
    public static IReadOnlyList<SettingsNode> ReadAll(string path, string name)
    {
        try
        {
            return ParseAll(SettingsText.Read(path, name, MaxBytes), name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fail(name, $"The file cannot be read: {exception.Message}");
        }
    }

    /// <exception cref="SettingsException">The text is not one YAML mapping.</exception>
    public static MapNode Parse(string text, string file) => AsMap(ParseAny(text, file), file);

    /// <summary>Like <see cref="Parse"/>, for files whose root may be a list; null when the text holds no document.</summary>
    /// <exception cref="SettingsException">The text is not YAML.</exception>
    public static SettingsNode? ParseAny(string text, string file) => Single(ParseAll(text, file), file);

    /// <summary>Like <see cref="ParseAny"/>, for texts that may hold several documents.</summary>
    /// <exception cref="SettingsException">The text is not YAML.</exception>
    public static IReadOnlyList<SettingsNode> ParseAll(string text, string file)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is var nought and >= 0)
        {
            // The library takes it for the end, and what follows would silently not count.
            throw new SettingsException([new SettingsError(PlaceOf(text, nought, file), string.Empty, "The character nought is no text.")]);
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new MergingParser(new DepthGuard(new Parser(new StringReader(text)), MaxDepth)));
            var nodes = 0;
            var documents = new List<SettingsNode>();
            foreach (var document in stream.Documents)
            {
                documents.Add(Convert(document.RootNode, file, 0, ref nodes));
            }

            return documents;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            // The library's scanner fails on some malformed texts instead of reporting them.
            throw new SettingsException([new SettingsError(file, string.Empty, $"This is not valid YAML: {exception.Message}")]);
        }
        catch (YamlException exception)
        {
            var message = exception.InnerException?.Message ?? exception.Message;
            var place = message.Contains("invalid tab", StringComparison.Ordinal) && FirstTab(text) is { } tab
                ? PlaceOf(text, tab, file)
                : $"{file}:{exception.Start.Line}:{exception.Start.Column}";
            throw new SettingsException([new SettingsError(place, string.Empty, $"This is not valid YAML: {message}")]);
        }
    }

    private static SettingsNode? Single(IReadOnlyList<SettingsNode> documents, string file) =>
        documents.Count <= 1 ? documents.SingleOrDefault() : throw Fail(file, "The file holds more than one YAML document; one is read.");

    private static MapNode AsMap(SettingsNode? node, string file) => node switch
    {
        null => new MapNode(file, 1, 1, []),
        MapNode map => map,
        _ => throw new SettingsException([new SettingsError(node.Place, string.Empty, $"The file must hold a mapping of keys to values, but holds {node.Kind}.")]),
    };

    private static SettingsNode Convert(YamlNode node, string file, int depth, ref int nodes)
    {
        var line = (int)node.Start.Line;
        var column = (int)node.Start.Column;
        if (++nodes > MaxNodes || depth > MaxDepth)
        {
            throw new SettingsException([new SettingsError($"{file}:{line}:{column}", string.Empty, $"More than {MaxNodes} nodes or {MaxDepth} levels.")]);
        }

        switch (node)
        {
            case YamlScalarNode scalar:
                var quoted = scalar.Style is not ScalarStyle.Plain and not ScalarStyle.Any;
                var isNull = !quoted && (scalar.Value is null or "" or "~" or "null");
                return new ScalarNode(file, line, column, isNull ? null : scalar.Value, quoted);
            case YamlSequenceNode sequence:
                var items = new List<SettingsNode>();
                foreach (var child in sequence.Children)
                {
                    items.Add(Convert(child, file, depth + 1, ref nodes));
                }

                return new ListNode(file, line, column, items);
            case YamlMappingNode mapping:
                var entries = new List<SettingsEntry>();
                foreach (var (key, value) in mapping.Children)
                {
                    if (Convert(key, file, depth + 1, ref nodes) is not ScalarNode { Text: not null } name)
                    {
                        throw new SettingsException([new SettingsError($"{file}:{key.Start.Line}:{key.Start.Column}", string.Empty, "A key must be a single value.")]);
                    }

                    entries.Add(new SettingsEntry(name, Convert(value, file, depth + 1, ref nodes)));
                }

                return new MapNode(file, line, column, entries);
            default:
                throw new SettingsException([new SettingsError($"{file}:{line}:{column}", string.Empty, "Only mappings, lists and values are read.")]);
        }
    }

    /// <summary>The first tab that indents a line; the library names the beginning of the structure that it stands in.</summary>
    private static int? FirstTab(string text)
    {
        for (var index = text.IndexOf('\t', StringComparison.Ordinal); index >= 0; index = text.IndexOf('\t', index + 1))
        {
            if (text.AsSpan(0, index).TrimEnd(' ') is [] or [.., '\n'])
            {
                return index;
            }
        }

        return null;
    }

    private static string PlaceOf(string text, int index, string file) =>
        $"{file}:{text.AsSpan(0, index).Count('\n') + 1}:{index - text.LastIndexOf('\n', index)}";

    private static SettingsException Fail(string file, string message) => new([new SettingsError(file, string.Empty, message)]);

    /// <summary>Refuses nesting that would exhaust the stack before the tree is built.</summary>
    private sealed class DepthGuard(IParser inner, int maxDepth) : IParser
    {
        private int _depth;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            var moved = inner.MoveNext();
            _depth += inner.Current?.NestingIncrease ?? 0;
            return _depth > maxDepth + 2
                ? throw new YamlException(inner.Current!.Start, inner.Current.End, $"more than {maxDepth} levels of nesting")
                : moved;
        }
    }
}
