using System.Text;
using System.Text.Json;
using Signalbox.Runner.Agents;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class BoundedJsonTests
{
    [Theory]
    [InlineData("""{"a":[1,2.50,true,null,"x\n"]}""")]
    [InlineData(""" "text" """)]
    [InlineData("-1e400")]
    public void KeepsASmallValueAsItStands(string json) => Assert.Equal(json.Trim(), BoundedJson.Keep(Encoding.UTF8.GetBytes(json)).GetRawText());

    [Theory]
    [InlineData("\"half \\ud83d\"", "half \uFFFD")]
    [InlineData("\"other half \\ude00\"", "other half \uFFFD")]
    [InlineData("\"wrong way \\ude00\\ud83d\"", "wrong way \uFFFD\uFFFD")]
    [InlineData("\"pair \\uD83D\\uDE00\"", "pair 😀")]
    [InlineData("\"two highs \\ud83d\\ud83d\\ude00\"", "two highs \uFFFD😀")]
    public void MakesTextOfHalvesOfPairs(string json, string text) => Assert.Equal(text, BoundedJson.Keep(Encoding.UTF8.GetBytes(json)).GetString());

    [Fact]
    public void MakesTextOfBytesThatAreNone()
    {
        var value = BoundedJson.Keep([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'"', (byte)'a', 0xC3, (byte)'"', (byte)'}']);

        Assert.Equal("a\uFFFD", value.GetProperty("\uFFFD").GetString());
    }

    [Fact]
    public void CutsTextsOfALargeValueAndTellsTheirLength()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new string('é', 200_000), TestJson.Default.String);

        var text = BoundedJson.Keep(json).GetString()!;

        Assert.StartsWith(new string('é', 100), text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), JsonTexts.MaxBytes, JsonTexts.MaxBytes + 50);
        Assert.EndsWith($"… [cut: {json.Length - 2} bytes]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeavesOutWhatPassesTheBound(bool array)
    {
        var member = $"\"{new string('x', 60_000)}\"";
        var members = string.Join(',', Enumerable.Range(0, 50).Select(index => array ? member : $"\"m{index}\":{member}"));
        var json = array ? $"{{\"list\":[{members},[1],{{\"a\":2}}],\"after\":1}}" : $"{{{members},\"last\":{{\"a\":[1]}}}}";

        var value = BoundedJson.Keep(Encoding.UTF8.GetBytes(json));

        Assert.InRange(value.GetRawText().Length, BoundedJson.MaxBytes, BoundedJson.MaxBytes + JsonTexts.MaxBytes + 500);
        Assert.Contains("The rest was left out", value.GetRawText(), StringComparison.Ordinal);
        Assert.False(value.TryGetProperty("last", out _));
    }

    [Fact]
    public void CutsWhatIsTooDeep()
    {
        var json = $"{string.Concat(Enumerable.Repeat("{\"a\":[", 100))}1{string.Concat(Enumerable.Repeat("]}", 100))}";

        var value = BoundedJson.Keep(Encoding.UTF8.GetBytes(json));

        using var document = JsonDocument.Parse(value.GetRawText());
        Assert.Contains("…", value.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":")]
    public void RefusesWhatIsNoSingleValue(string json) => Assert.ThrowsAny<JsonException>(() => BoundedJson.Keep(Encoding.UTF8.GetBytes(json)));
}

/// <summary>For making test data.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TestJson : System.Text.Json.Serialization.JsonSerializerContext;
