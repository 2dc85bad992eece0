using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Audit.Canonical;
using Signalbox.Server.Audit.Records;
using Xunit;

namespace Signalbox.Audit.Tests.Records;

public sealed class JsonDiffTests
{
    [Theory]
    [InlineData("{}", "{}", "[]")]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "[]")]
    [InlineData("""{"a":1}""", """{"a":2}""", """[{"old":1,"op":"replace","path":"/a","value":2}]""")]
    [InlineData("""{"a":1}""", """{"a":null}""", """[{"old":1,"op":"replace","path":"/a","value":null}]""")]
    [InlineData("""{"a":null}""", """{}""", """[{"old":null,"op":"remove","path":"/a"}]""")]
    [InlineData("""{}""", """{"a":null}""", """[{"op":"add","path":"/a","value":null}]""")]
    [InlineData("""{"a/b":1,"m~n":1,"":1}""", """{"a/b":2,"m~n":2,"":2}""", """[{"old":1,"op":"replace","path":"/","value":2},{"old":1,"op":"replace","path":"/a~1b","value":2},{"old":1,"op":"replace","path":"/m~0n","value":2}]""")]
    [InlineData("[1,2,3]", "[1,3]", """[{"old":2,"op":"remove","path":"/1"}]""")]
    [InlineData("[1,3]", "[1,2,3]", """[{"op":"add","path":"/1","value":2}]""")]
    [InlineData("[1,2,3]", "[3,1,2]", """[{"op":"add","path":"/0","value":3},{"old":3,"op":"remove","path":"/3"}]""")]
    [InlineData("""[{"id":1,"x":1},{"id":2,"x":1}]""", """[{"id":1,"x":1},{"id":2,"x":2}]""", """[{"old":1,"op":"replace","path":"/1/x","value":2}]""")]
    [InlineData("{}", "[]", """[{"op":"replace","path":"","value":[]}]""")]
    public void TellsWhatChanged(string old, string young, string expected)
    {
        var operations = JsonDiff.Of(JsonNode.Parse(old), JsonNode.Parse(young));

        Assert.Equal(expected, Text(operations));
    }

    [Fact]
    public void TellsAnObjectThatCameOrWentAsAWhole()
    {
        var node = JsonNode.Parse("""{"a":1}""");

        Assert.Equal("""[{"op":"add","path":"","value":{"a":1}}]""", Text(JsonDiff.Of(null, node)));
        Assert.Equal("""[{"op":"remove","path":""}]""", Text(JsonDiff.Of(node, null)));
        Assert.Empty(JsonDiff.Of(null, null));
    }

    [Fact]
    public void APatchLeadsFromTheOldObjectToTheNew() => Prop
        .ForAll(JsonTrees.Maybe, JsonTrees.Maybe, static (old, young) => JsonValues.AreEqual(young, JsonPatch.Apply(JsonDiff.Of(old, young), old)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void SoDoesAPatchThatWasStored() => Prop
        .ForAll(JsonTrees.Any, JsonTrees.Any, static (old, young) =>
        {
            var stored = CanonicalJson.Write(new JsonArray([.. JsonDiff.Of(old, young).Select(static operation => operation.ToNode())]));
            IReadOnlyList<JsonOperation> read = [.. JsonNode.Parse(stored)!.AsArray().Select(JsonOperation.Read)];
            var before = JsonNode.Parse(CanonicalJson.Write(old));
            return CanonicalJson.Write(JsonPatch.Apply(read, before)).AsSpan().SequenceEqual(CanonicalJson.Write(young));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void SoDoesAPatchWithFewSteps() => Prop
        .ForAll(JsonTrees.Any, JsonTrees.Any, static (old, young) => JsonDiff.Of(old, young, most: 2) is { Count: <= 2 } patch && JsonValues.AreEqual(young, JsonPatch.Apply(patch, old)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void LongArraysThatShareNothingAtTheirEndsAreComparedPlaceByPlace()
    {
        var old = new JsonArray([.. Enumerable.Range(0, 700).Select(static number => (JsonNode?)number)]);
        var young = new JsonArray([.. Enumerable.Range(1, 700).Select(static number => (JsonNode?)number)]);

        var patch = JsonDiff.Of(old, young);

        Assert.Equal(JsonOperation.ReplaceOp, Assert.Single(patch).Op);
        Assert.True(JsonValues.AreEqual(young, JsonPatch.Apply(patch, old)));
    }

    [Theory]
    [InlineData("""[{"op":"remove","path":"/b"}]""")]
    [InlineData("""[{"op":"replace","path":"/b","value":1}]""")]
    [InlineData("""[{"op":"replace","path":"/a","old":2,"value":1}]""")]
    [InlineData("""[{"op":"add","path":"/a","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/x/y","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/3","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/01","value":1}]""")]
    [InlineData("""[{"op":"add","path":"/list/-","value":1}]""")]
    [InlineData("""[{"op":"remove","path":"/list/2"}]""")]
    [InlineData("""[{"op":"remove","path":"list"}]""")]
    [InlineData("""[{"op":"remove","path":"/a~2"}]""")]
    [InlineData("""[{"op":"move","path":"/a"}]""")]
    [InlineData("""[{"op":"add","path":"/q"}]""")]
    [InlineData("""[7]""")]
    public void APatchThatDoesNotFitIsRefused(string patch)
    {
        var old = JsonNode.Parse("""{"a":1,"list":[1,2]}""");

        Assert.Throws<JsonPatchException>(() => JsonPatch.Apply([.. JsonNode.Parse(patch)!.AsArray().Select(JsonOperation.Read)], old));
        Assert.Equal("""{"a":1,"list":[1,2]}""", old!.ToJsonString());
    }

    [Fact]
    public void ReadsAsSentences()
    {
        var lines = DiffText.Of(JsonDiff.Of(JsonNode.Parse("""{"timeout":"5m","note":"y","tags":["a"]}"""), JsonNode.Parse("""{"timeout":"7m","tags":["a","x"]}""")));

        Assert.Equal(["note removed: \"y\"", "tags/1 added: \"x\"", "timeout: \"5m\" → \"7m\""], lines);
    }

    private static string Text(IReadOnlyList<JsonOperation> operations) =>
        System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(new JsonArray([.. operations.Select(static operation => operation.ToNode())])));
}
