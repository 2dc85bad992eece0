using System.Buffers;
using System.Text.Json;

namespace Signalbox.Server.Audit.Search;

/// <summary>Goes through a stored record once and hands on its fields and texts.</summary>
/// <remarks>What people say of an event (actor, resource, message) comes before the details of a change, because only so many words of a record are kept.</remarks>
internal static class RecordWalk
{
    /// <summary>Longer texts within a change or in the data are contents rather than values, and not taken apart.</summary>
    public const int LongestValue = 256;

    private const int Deepest = 256;

    /// <returns>False when the record could not be read to its end.</returns>
    public static bool TryRun(ReadOnlySpan<byte> body, ref TermSet terms)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Deepest });
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && Members(body, ref reader, ref terms);
        }
        catch (JsonException)
        {
            // A row that somebody changed: the log's verification names it, and a search has to go on.
            return false;
        }
        catch (InvalidOperationException)
        {
            // As above: bytes that are no UTF-8 behind an escape.
            return false;
        }
    }

    private static bool Members(ReadOnlySpan<byte> body, ref Utf8JsonReader reader, ref TermSet terms)
    {
        var (diff, data) = (default(Range), default(Range));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("diff"u8))
            {
                diff = Skipped(ref reader);
            }
            else if (name.SequenceEqual("data"u8))
            {
                data = Skipped(ref reader);
            }
            else
            {
                Member(name, ref reader, ref terms);
            }
        }

        Texts(body[diff], isDiff: true, ref terms);
        Texts(body[data], isDiff: false, ref terms);
        return true;
    }

    private static Range Skipped(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static void Member(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref TermSet terms)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = new JsonText(ref reader);
                Text(name, text.Value, ref terms);
                text.Dispose();
                break;
            case JsonTokenType.StartObject when name.SequenceEqual("resource"u8):
                Resource(ref reader, ref terms);
                break;
            case JsonTokenType.StartObject when Person(name) is { } field:
                Actor(field, ref reader, ref terms);
                break;
            case JsonTokenType.StartArray when name.SequenceEqual("reasons"u8):
                Strings(ref reader, ref terms);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static TermField? Person(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("actor"u8) ? TermField.Actor
        : name.SequenceEqual("onBehalfOf"u8) ? TermField.OnBehalfOf
        : name.SequenceEqual("reporter"u8) ? TermField.Reporter
        : null;

    private static void Text(ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, ref TermSet terms)
    {
        TermField? field = name.Length switch
        {
            2 when name.SequenceEqual("id"u8) => TermField.Id,
            6 when name.SequenceEqual("action"u8) => TermField.Action,
            6 when name.SequenceEqual("source"u8) => TermField.Source,
            7 when name.SequenceEqual("outcome"u8) => TermField.Outcome,
            7 when name.SequenceEqual("address"u8) => TermField.Address,
            7 when name.SequenceEqual("traceId"u8) => TermField.Trace,
            8 when name.SequenceEqual("policyId"u8) => TermField.Policy,
            9 when name.SequenceEqual("requestId"u8) => TermField.Request,
            _ => null,
        };
        if (field is { } known)
        {
            terms.Add(known, value);
        }
        else if (name.SequenceEqual("message"u8))
        {
            terms.AddWords(value);
        }
    }

    private static void Actor(TermField field, ref Utf8JsonReader reader, ref TermSet terms)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("name"u8);
            reader.Read();
            if (wanted && reader.TokenType == JsonTokenType.String)
            {
                var text = new JsonText(ref reader);
                terms.Add(field, text.Value);
                terms.AddWords(text.Value);
                text.Dispose();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <remarks>The members of canonical JSON are sorted: id, name, path, type.</remarks>
    private static void Resource(ref Utf8JsonReader reader, ref TermSet terms)
    {
        byte[] id = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            var text = new JsonText(ref reader);
            if (name.SequenceEqual("type"u8))
            {
                terms.Add(TermField.ResourceType, text.Value);
                Pair(text.Value, id, ref terms);
            }
            else if (name.SequenceEqual("id"u8))
            {
                id = text.Value.ToArray();
                terms.Add(TermField.ResourceId, text.Value);
                terms.AddWords(text.Value);
            }
            else if (name.SequenceEqual("name"u8))
            {
                terms.Add(TermField.ResourceName, text.Value);
                terms.AddWords(text.Value);
            }
            else if (name.SequenceEqual("path"u8))
            {
                terms.AddWords(text.Value);
            }

            text.Dispose();
        }
    }

    private static void Pair(scoped ReadOnlySpan<byte> type, scoped ReadOnlySpan<byte> id, ref TermSet terms)
    {
        var length = type.Length + 1 + id.Length;
        var rented = length > 512 ? ArrayPool<byte>.Shared.Rent(length) : null;
        var both = rented is null ? stackalloc byte[512] : rented.AsSpan();
        type.CopyTo(both);
        both[type.Length] = 0;
        id.CopyTo(both[(type.Length + 1)..]);
        terms.Add(TermField.Resource, both[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Strings(ref Utf8JsonReader reader, ref TermSet terms)
    {
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                var text = new JsonText(ref reader);
                terms.AddWords(text.Value);
                text.Dispose();
            }
        }
    }

    /// <summary>Takes the words of all short values, however deep; of a change not the kind of each step.</summary>
    private static void Texts(ReadOnlySpan<byte> part, bool isDiff, ref TermSet terms)
    {
        if (part.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(part, new JsonReaderOptions { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && isDiff && reader.CurrentDepth == 2 && reader.ValueTextEquals("op"u8))
            {
                reader.Read();
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                terms.AddWords(reader.ValueSpan);
            }
            else if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestValue)
            {
                var text = new JsonText(ref reader);
                terms.AddWords(text.Value);
                text.Dispose();
            }
        }
    }
}
