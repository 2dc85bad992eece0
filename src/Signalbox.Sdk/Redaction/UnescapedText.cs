using System.Buffers;
using System.Globalization;

namespace Signalbox.Sdk.Redaction;

/// <summary>A text as it reads once the escapes of JSON are undone, and where each character came from.</summary>
/// <remarks>Serialised JSON in a log line holds <c>\u0022</c> for quotes and <c>\u002B</c> in the middle of base64; the rules are tried on what that stands for as well.</remarks>
internal sealed class UnescapedText : IDisposable
{
    private readonly char[] _characters;
    private readonly int[] _origins;
    private int _length;

    private UnescapedText(int capacity)
    {
        _characters = ArrayPool<char>.Shared.Rent(capacity);
        _origins = ArrayPool<int>.Shared.Rent(capacity + 1);
    }

    public ReadOnlySpan<char> Text => _characters.AsSpan(0, _length);

    public static bool IsNeededFor(ReadOnlySpan<char> text) => text.Contains(@"\u00", StringComparison.Ordinal);

    public static UnescapedText Of(ReadOnlySpan<char> text)
    {
        var result = new UnescapedText(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var (character, length) = Read(text[index..]);
            result._characters[result._length] = character;
            result._origins[result._length++] = index;
            index += length;
        }

        result._origins[result._length] = text.Length;
        return result;
    }

    /// <summary>A place of this text as one of the text it was made of.</summary>
    public FoundSecret Original(FoundSecret found) => found with { Start = _origins[found.Start], End = _origins[found.End] };

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters, clearArray: true);
        ArrayPool<int>.Shared.Return(_origins);
    }

    private static (char Character, int Length) Read(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\\')
        {
            return (text[0], 1);
        }

        return text[1] switch
        {
            'u' when text.Length >= 6 && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => ((char)code, 6),
            'n' or 'r' => ('\n', 2),
            't' => ('\t', 2),
            '"' or '\\' or '/' => (text[1], 2),
            _ => ('\\', 1),
        };
    }
}
