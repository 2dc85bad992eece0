using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Audit.Tests.Records;

/// <summary>Random JSON trees, with the names and texts that break parsers.</summary>
internal static class JsonTrees
{
    private static readonly string[] Names = ["", "a", "b", "c", "~", "/", "~1", "a/b", "m~n", "~01", "0", "1", "-", "…", "é", "\u0000", "💡", " ", "\"", "\\"];

    private static readonly string[] Texts = ["", "x", "yes", "line\nbreak", "\u0000\u001f", "💡💡", "\"quoted\\\"", "é"];

    private static readonly double[] Numbers = [0, 1, -1, 0.1, 1e21, 1e-7, 9007199254740992, -0.0];

    /// <summary>Anything but a missing object.</summary>
    public static Arbitrary<JsonNode> Any { get; } = Gen.Sized(static size => Tree(Math.Min(size, 40))).Where(static node => node is not null).Select(static node => node!).ToArbitrary();

    /// <summary>An object or none.</summary>
    public static Arbitrary<JsonNode?> Maybe { get; } = Gen.Sized(static size => Tree(Math.Min(size, 40))).ToArbitrary();

    private static Gen<JsonNode?> Tree(int size) => size <= 1
        ? Leaf()
        : Gen.Frequency(
            (2, Leaf()),
            (3, from count in Gen.Choose(0, 5) from items in Tree(size / 3).ListOf(count) select (JsonNode?)new JsonArray([.. items.Select(static item => item?.DeepClone())])),
            (4, from count in Gen.Choose(0, 5) from names in Gen.Elements(Names).ListOf(count) from items in Tree(size / 3).ListOf(count) select (JsonNode?)Object(names, items)));

    private static Gen<JsonNode?> Leaf() => Gen.OneOf(
        Gen.Elements(Texts).Select(static text => (JsonNode?)JsonValue.Create(text)),
        Gen.Elements(Numbers).Select(static number => (JsonNode?)JsonValue.Create(number)),
        Gen.Elements(true, false).Select(static flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Constant<JsonNode?>(null));

    private static JsonObject Object(IEnumerable<string> names, IEnumerable<JsonNode?> items)
    {
        var node = new JsonObject();
        foreach (var (name, item) in names.Zip(items))
        {
            node[name] = item?.DeepClone();
        }

        return node;
    }
}
