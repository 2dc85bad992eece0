using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Files;

/// <summary>A YAML node as JSON, with the place in the file of every member.</summary>
internal sealed class YamlJson
{
    private readonly Dictionary<string, SettingsNode> _places = new(StringComparer.Ordinal);
    private readonly SettingsNode _root;

    private YamlJson(SettingsNode root)
    {
        _root = root;
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, root, string.Empty);
        }

        Text = Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The JSON.</summary>
    public string Text { get; }

    /// <summary>Plain values that read as numbers, true, false or null are these; quoted ones and all others are texts (YAML 1.2, core schema).</summary>
    /// <remarks>Source: https://yaml.org/spec/1.2.2/#103-core-schema</remarks>
    public static YamlJson Of(SettingsNode root) => new(root);

    /// <summary>The node of a member, or of the nearest one around it.</summary>
    /// <param name="member">Dotted, such as <c>schedule.cron</c> or <c>command.arguments[1]</c>; empty for the whole.</param>
    public SettingsNode PlaceOf(string member)
    {
        for (var path = member; path.Length > 0; path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)])
        {
            if (_places.TryGetValue(path, out var node))
            {
                return node;
            }
        }

        return _root;
    }

    private void Write(Utf8JsonWriter writer, SettingsNode node, string path)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Entries)
                {
                    var member = path.Length == 0 ? key.Text! : $"{path}.{key.Text}";
                    _places[member] = value is ScalarNode { Text: null } ? key : value;
                    writer.WritePropertyName(key.Text!);
                    Write(writer, value, member);
                }

                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                for (var index = 0; index < list.Items.Count; index++)
                {
                    var member = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
                    _places[member] = list.Items[index];
                    Write(writer, list.Items[index], member);
                }

                writer.WriteEndArray();
                break;
            case ScalarNode { Text: null }:
                writer.WriteNullValue();
                break;
            case ScalarNode { Quoted: false, Text: "true" or "false" } truth:
                writer.WriteBooleanValue(truth.Text == "true");
                break;
            case ScalarNode { Quoted: false, Text: var plain } when IsNumber(plain):
                writer.WriteRawValue(plain);
                break;
            case ScalarNode scalar:
                writer.WriteStringValue(scalar.Text);
                break;
        }
    }

    private static bool IsNumber(string text)
    {
        if (text.Length > 64 || !(char.IsAsciiDigit(text[0]) || (text[0] == '-' && text.Length > 1)))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == Encoding.UTF8.GetByteCount(text) && !reader.Read();
        }
        catch (JsonException)
        {
            // Such as 007: a text.
            return false;
        }
    }
}
