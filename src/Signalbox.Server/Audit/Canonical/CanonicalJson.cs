using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Canonical;

/// <summary>The canonical form of JSON: one value, one sequence of bytes.</summary>
/// <remarks>
/// No blanks, members in the order of their names' UTF-16 units, numbers as ECMAScript writes them. So a number is a double: an integer
/// beyond 2^53 loses digits, as the specification has it. Source: https://www.rfc-editor.org/rfc/rfc8785
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>Levels of arrays and objects in one another.</summary>
    public const int Deepest = 512;

    /// <exception cref="CanonicalJsonException">The value has no canonical form.</exception>
    public static byte[] Write(JsonNode? node)
    {
        using var writer = new CanonicalWriter();
        CanonicalNodes.Write(writer, node);
        return writer.ToArray();
    }

    /// <summary>Brings a JSON text into its canonical form.</summary>
    /// <exception cref="CanonicalJsonException">It is no JSON, names a member twice, or has no canonical form for another reason.</exception>
    public static byte[] Write(ReadOnlySpan<byte> json)
    {
        using var writer = new CanonicalWriter(Math.Max(256, json.Length));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
        try
        {
            reader.Read();
            CanonicalText.Write(writer, ref reader);
            if (reader.Read())
            {
                throw new CanonicalJsonException("Something follows the value.");
            }
        }
        catch (JsonException exception)
        {
            throw new CanonicalJsonException(exception.Message);
        }

        return writer.ToArray();
    }
}
