using System.Text;
using System.Text.Json;
using Signalbox.Runner.Agents;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

/// <summary>The cursor and <see cref="Utf8JsonReader"/> see the same tokens in every text, and the same texts are none.</summary>
public sealed class JsonCursorTests
{
    private static readonly string[] Transcripts = ["repeated-usage", "errors", "denials", "subagents", "sessions", "partial-messages", "unknown-and-broken", "codex"];

    [Theory]
    [InlineData("""{"a":[1,-2.50e+10,true,false,null,"x\n\u00e4\"",{}],"b":{"c":[]}}""")]
    [InlineData(" [ ] ")]
    [InlineData("\t0\r")]
    [InlineData("\"\"")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{,}")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{]")]
    [InlineData("{1:2}")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("-01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1E+")]
    [InlineData("+1")]
    [InlineData("tru")]
    [InlineData("nulL")]
    [InlineData("1 2")]
    [InlineData("{} x")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u123\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"a\u0001\"")]
    [InlineData("\"a\u001f\"")]
    [InlineData("\"a\u007f\"")]
    [InlineData("// no")]
    [InlineData("[1/**/]")]
    public void SeesTheSameTokens(string text) => CheckBoth(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData(JsonCursor.MaxDepth)]
    [InlineData(JsonCursor.MaxDepth + 1)]
    public void GoesAsDeep(int depth)
    {
        CheckBoth(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)));
        CheckBoth(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[{\"a\":", depth / 2)) + (depth % 2 == 0 ? "0" : "[]") + string.Concat(Enumerable.Repeat("}]", depth / 2))));
    }

    [Fact]
    public void SeesEveryEndAndFaultOfATextWhereverItStands()
    {
        foreach (var inside in (string[])["\"", "\\n", "\\\"", "\\\\", "\\\\\"", "\\u00e4", "\\ud83d\\ude00", "\\u00g4", "\\q", "\u0002", "é"])
        {
            for (var before = 0; before < 150; before++)
            {
                foreach (var behind in (int[])[0, 1, 31, 64, 90])
                {
                    CheckBoth(Encoding.UTF8.GetBytes($"[\"{new string('x', before)}{inside}{new string('y', behind)}\",1]"));
                }
            }
        }
    }

    [Fact]
    public void SeesTheSameInChangedTranscripts()
    {
        var random = new Random(20261122);
        foreach (var name in Transcripts)
        {
            foreach (var line in Encoding.UTF8.GetString(TranscriptTests.BytesOf(name)).Split('\n'))
            {
                var original = Encoding.UTF8.GetBytes(line);
                CheckBoth(original);
                for (var round = 0; round < 30 && original.Length > 0; round++)
                {
                    var changed = original.ToArray();
                    for (var change = random.Next(1, 4); change > 0; change--)
                    {
                        changed[random.Next(changed.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "{}[]\",:\\u0-.e1tfn "u8[random.Next(18)];
                    }

                    CheckBoth(changed.AsSpan(0, random.Next(4) == 0 ? random.Next(changed.Length) : changed.Length));
                }
            }
        }
    }

    [Fact]
    public void ReadsTextsAsTheyAreMeant()
    {
        var random = new Random(20261123);
        string[] parts = ["plain text ", "\n", "\"", "\\", "ä", "漢", "😀", "\t", "/", "\u0001", "0123456789012345678901234567890123456789", "x"];
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => parts[random.Next(parts.Length)]));
            var escaped = JsonEncodedText.Encode(text, random.Next(2) == 0 ? null : System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

            Assert.Equal(text, JsonTexts.Read(escaped.EncodedUtf8Bytes, isEscaped: escaped.EncodedUtf8Bytes.Contains((byte)'\\')));
        }
    }

    [Fact]
    public void ReadsWhatIsNoTextAsTheRestOfThePlatformDoes()
    {
        var random = new Random(20261124);
        byte[][] parts = [[0xC3], [0xA4], [0xE6, 0xBC], [0xF0, 0x9F, 0x98], [0xFF], "ab"u8.ToArray(), "\\n"u8.ToArray(), "\\u00e4"u8.ToArray(), "\\ud83d"u8.ToArray(), "\\ude00"u8.ToArray(), [.. Enumerable.Repeat((byte)'x', 40)]];
        for (var round = 0; round < 2000; round++)
        {
            byte[] raw = [.. "\\t"u8, .. Enumerable.Range(0, random.Next(20)).SelectMany(_ => parts[random.Next(parts.Length)])];

            // A text that may pass the bound is read by way of bytes, which is another way to the same.
            byte[] longer = [.. raw, .. Enumerable.Repeat("\\u0020"u8.ToArray(), 20).SelectMany(static space => space)];
            var whole = JsonTexts.Read(longer, isEscaped: true);

            Assert.Equal(whole, JsonTexts.Read(longer, isEscaped: true, maxBytes: longer.Length - 1));
            Assert.Equal("\t" + JsonTexts.Read(raw.AsSpan(2), isEscaped: true), JsonTexts.Read(raw, isEscaped: true));
        }
    }

    private static void CheckBoth(ReadOnlySpan<byte> text)
    {
        var (expected, seen) = (ByReader(text), ByCursor(text));

        // Of a number with something behind it one sees the fault at once, the other at the next token: both before the end.
        var isSame = expected == seen || (expected.EndsWith("fault", StringComparison.Ordinal) && seen.EndsWith("fault", StringComparison.Ordinal) && seen.StartsWith(expected[..^"fault".Length], StringComparison.Ordinal));
        Assert.True(isSame, $"{Encoding.Latin1.GetString(text)}\nexpected {expected}\nbut seen {seen}");
        Assert.Equal(expected.EndsWith("fault", StringComparison.Ordinal), JsonCursor.FaultOf(text) is not null);
    }

    private static string ByReader(ReadOnlySpan<byte> text)
    {
        var seen = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonCursor.MaxDepth });
            while (reader.Read())
            {
                var value = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.ValueIsEscaped : false;
                seen.Append(reader.TokenType).Append(' ').Append(reader.CurrentDepth).Append(' ').Append(reader.TokenStartIndex).Append(' ').Append(Convert.ToHexString(reader.ValueSpan)).Append(' ').Append(value).Append('\n');
            }
        }
        catch (JsonException)
        {
            seen.Append("fault");
        }

        return seen.ToString();
    }

    private static string ByCursor(ReadOnlySpan<byte> text)
    {
        var seen = new StringBuilder();
        try
        {
            var cursor = new JsonCursor(text);
            while (cursor.Read())
            {
                var value = cursor.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? cursor.ValueIsEscaped : false;
                seen.Append(cursor.TokenType).Append(' ').Append(cursor.CurrentDepth).Append(' ').Append(cursor.TokenStart).Append(' ').Append(Convert.ToHexString(cursor.ValueSpan)).Append(' ').Append(value).Append('\n');
            }
        }
        catch (JsonException)
        {
            seen.Append("fault");
        }

        return seen.ToString();
    }
}
