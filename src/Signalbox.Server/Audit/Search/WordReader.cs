using System.Buffers;
using System.Globalization;
using System.Text;

namespace Signalbox.Server.Audit.Search;

/// <summary>Splits a text into the words by which it is found, the same way for records and for what is asked.</summary>
/// <remarks>
/// A word is a run of letters, digits and marks in lower case; everything else parts words, so <c>nightly-backup</c> is two. Of a longer word the first
/// <see cref="LongestWord"/> bytes count. In scripts that put no spaces between words, every two neighbouring characters are a word, and a single one where it stands alone.
/// </remarks>
internal ref struct WordReader
{
    public const int LongestWord = 64;

    /// <summary>For each ASCII byte its lower-case form, or 0 where it parts words.</summary>
    private static readonly byte[] Folded = MakeFolded();

    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<byte> _word;
    private int _place;

    /// <summary>Length of the character before this place, within a run without spaces; 0 for none.</summary>
    private int _before;

    /// <param name="text">UTF-8.</param>
    /// <param name="buffer">Of <see cref="LongestWord"/> bytes at least; each word is there until the next one is asked for.</param>
    public WordReader(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        _text = text;
        _word = buffer[..LongestWord];
    }

    public bool Next(out ReadOnlySpan<byte> word)
    {
        var length = 0;
        while (_place < _text.Length)
        {
            var first = _text[_place];
            if (first < 0x80)
            {
                _place++;
                _before = 0;
                if (Folded[first] == 0 && length > 0)
                {
                    break;
                }

                if (Folded[first] != 0 && length < LongestWord)
                {
                    _word[length++] = Folded[first];
                }

                continue;
            }

            _ = Rune.DecodeFromUtf8(_text[_place..], out var rune, out var consumed);
            if (IsSpaceless(rune.Value))
            {
                if (length > 0)
                {
                    break;
                }

                if (TakeSpaceless(consumed, out word))
                {
                    return true;
                }
            }
            else if (!TakeOther(rune, consumed, ref length))
            {
                break;
            }
        }

        word = _word[..length];
        return length > 0;
    }

    /// <returns>False when the word so far ends here.</returns>
    private bool TakeOther(Rune rune, int consumed, ref int length)
    {
        _place += consumed;
        _before = 0;
        if (!IsWordPart(rune))
        {
            return length == 0;
        }

        var lower = Rune.ToLowerInvariant(rune);
        if (lower.Utf8SequenceLength <= LongestWord - length)
        {
            length += lower.EncodeToUtf8(_word[length..]);
        }
        else
        {
            SkipRest();
        }

        return true;
    }

    private bool TakeSpaceless(int consumed, out ReadOnlySpan<byte> word)
    {
        var start = _place - _before;
        var alone = _before == 0;
        _place += consumed;
        _before = consumed;
        word = _text[start.._place];

        // The first of a run is a word by itself only where the run ends at once.
        return !alone || _place == _text.Length || Rune.DecodeFromUtf8(_text[_place..], out var next, out _) != OperationStatus.Done || !IsSpaceless(next.Value);
    }

    /// <summary>Passes by the rest of a word that is too long, so that no shorter character is added behind the cut.</summary>
    private void SkipRest()
    {
        while (_place < _text.Length)
        {
            if (Rune.DecodeFromUtf8(_text[_place..], out var rune, out var consumed) != OperationStatus.Done || IsSpaceless(rune.Value) || !IsWordPart(rune))
            {
                return;
            }

            _place += consumed;
        }
    }

    private static bool IsWordPart(Rune rune) => rune.IsAscii
        ? Folded[rune.Value] != 0
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>Han, kana, Hangul, Thai, Lao, Myanmar and Khmer.</summary>
    private static bool IsSpaceless(int value) => value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true,
        >= 0x1000 and <= 0x109F => true,
        >= 0x1780 and <= 0x17FF => true,
        >= 0x3005 and <= 0x3007 => true,
        >= 0x3040 and <= 0x30FF => value != 0x30FB,
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true,
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xAC00 and <= 0xD7AF => true,
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFF66 and <= 0xFF9F => true,
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };

    private static byte[] MakeFolded()
    {
        var folded = new byte[0x80];
        for (var value = 0; value < folded.Length; value++)
        {
            folded[value] = char.IsAsciiLetterOrDigit((char)value) ? (byte)char.ToLowerInvariant((char)value) : (byte)0;
        }

        return folded;
    }
}
