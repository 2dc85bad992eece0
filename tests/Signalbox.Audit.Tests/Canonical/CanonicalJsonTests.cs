using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Audit.Tests.Canonical;

public sealed class CanonicalJsonTests
{
    public static TheoryData<string> Cases => ConformanceFolder.Find("jcs") is { } folder
        ? [.. Directory.GetFiles(Path.Combine(folder, "input")).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : ["values.json"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheBytesOfTheConformanceData(string file)
    {
        var folder = ConformanceFolder.Require("jcs");
        var input = File.ReadAllBytes(Path.Combine(folder, "input", file));
        var expected = File.ReadAllText(Path.Combine(folder, "output", file)).TrimEnd('\n');

        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Write(input)));
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(input))));
    }

    // The samples of RFC 8785, appendix B, and the borders between the forms of a number.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void WritesNumbersAsEcmaScriptDoes(ulong bits, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Write(JsonValue.Create(BitConverter.UInt64BitsToDouble(bits)))));

    [Fact]
    public void EveryNumberReadsBackAsItself()
    {
        var random = new Random(8785);
        for (var round = 0; round < 50_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                var text = Encoding.UTF8.GetString(CanonicalJson.Write(JsonValue.Create(value)));
                Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("1e400")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("\"\\u00e4")]
    public void RefusesWhatHasNoCanonicalForm(string json)
    {
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(Encoding.UTF8.GetBytes(json)));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(Node(json)));

        static JsonNode? Node(string json)
        {
            try
            {
                return JsonNode.Parse(json);
            }
            catch (System.Text.Json.JsonException exception)
            {
                throw new CanonicalJsonException(exception.Message);
            }
        }
    }

    [Fact]
    public void RefusesNumbersThatAreNotFinite()
    {
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(JsonValue.Create(double.NaN)));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(JsonValue.Create(double.NegativeInfinity)));
    }

    [Fact]
    public void RefusesWhatIsNestedTooDeep()
    {
        JsonNode node = new JsonArray();
        for (var level = 0; level < CanonicalJson.Deepest; level++)
        {
            node = new JsonArray(node);
        }

        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(node));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Write(Encoding.UTF8.GetBytes(new string('[', 100_000))));
    }

    [Fact]
    public void KnowsValuesThatWereNeverText()
    {
        var node = new JsonObject { ["whole"] = 7, ["long"] = 8L, ["decimal"] = 1.50m, ["flag"] = true, ["at"] = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), ["nothing"] = null };

        Assert.Equal("""{"at":"2026-11-22T00:00:00+00:00","decimal":1.5,"flag":true,"long":8,"nothing":null,"whole":7}""", Encoding.UTF8.GetString(CanonicalJson.Write(node)));
    }

    [Fact]
    public void NeitherFailsOtherwiseNorChangesItsMindOnAnyBytes()
    {
        var random = new Random(20261122);
        var alphabet = "{}[]:,\"\\ua0d8e+-.19tf nul/\u00e4"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(1, 24)];
            for (var index = 0; index < bytes.Length; index++)
            {
                bytes[index] = alphabet[random.Next(alphabet.Length)];
            }

            try
            {
                var once = CanonicalJson.Write(bytes);
                Assert.Equal(once, CanonicalJson.Write(once));
            }
            catch (CanonicalJsonException)
            {
                // What is no JSON has no canonical form.
            }
        }
    }
}
