using System.Globalization;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Records;

/// <summary>Writes a record in canonical form: its members stand here in the order that RFC 8785 asks for.</summary>
internal static class RecordEncoder
{
    public static void Write(CanonicalWriter writer, RecordDraft draft)
    {
        writer.Raw("{\"action\":"u8);
        writer.String(draft.Action);
        WriteActor(writer, ",\"actor\":"u8, draft.Actor);
        WriteText(writer, ",\"address\":"u8, draft.Address);
        WriteText(writer, ",\"addressChain\":"u8, draft.AddressChain);
        WriteNode(writer, ",\"before\":"u8, draft.Before);
        WriteText(writer, ",\"class\":"u8, draft.Class);
        WriteCuts(writer, draft);
        WriteNode(writer, ",\"data\":"u8, draft.Data);
        WriteText(writer, ",\"decisionId\":"u8, draft.DecisionId);
        WriteNode(writer, ",\"diff\":"u8, draft.Diff);
        WriteText(writer, ",\"id\":"u8, draft.Id);
        WriteText(writer, ",\"message\":"u8, draft.Message);
        if (draft.OccurredAt is { } occurredAt)
        {
            WriteInstant(writer, ",\"occurredAt\":"u8, occurredAt);
        }

        WriteActor(writer, ",\"onBehalfOf\":"u8, draft.OnBehalfOf);
        WriteText(writer, ",\"outcome\":"u8, draft.Outcome);
        WriteText(writer, ",\"peer\":"u8, draft.Peer);
        WriteText(writer, ",\"policyId\":"u8, draft.PolicyId);
        WriteReasons(writer, draft.Reasons);
        WriteErasures(writer, draft.Redacted);
        WriteActor(writer, ",\"reporter\":"u8, draft.Reporter);
        WriteText(writer, ",\"requestId\":"u8, draft.RequestId);
        WriteResource(writer, draft.Resource);
        WriteText(writer, ",\"salt\":"u8, draft.Salt);
        WriteText(writer, ",\"source\":"u8, draft.Source);
        WriteText(writer, ",\"tenant\":"u8, draft.Tenant);
        WriteInstant(writer, ",\"time\":"u8, draft.Time);
        WriteText(writer, ",\"traceId\":"u8, draft.TraceId);
        WriteText(writer, ",\"userAgent\":"u8, draft.UserAgent);
        writer.Raw(",\"v\":1}"u8);
    }

    private static void WriteText(CanonicalWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.Raw(name);
            writer.String(value);
        }
    }

    private static void WriteNode(CanonicalWriter writer, ReadOnlySpan<byte> name, JsonNode? value)
    {
        if (value is not null)
        {
            writer.Raw(name);
            CanonicalNodes.Write(writer, value);
        }
    }

    private static void WriteInstant(CanonicalWriter writer, ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.Raw(name);
        writer.Byte((byte)'"');
        writer.Raw(text[..length]);
        writer.Byte((byte)'"');
    }

    private static void WriteActor(CanonicalWriter writer, ReadOnlySpan<byte> name, AuditActor? actor)
    {
        if (actor is null)
        {
            return;
        }

        writer.Raw(name);
        WriteText(writer, "{\"id\":"u8, actor.Id);
        WriteText(writer, ",\"kind\":"u8, actor.Kind);
        WriteText(writer, ",\"name\":"u8, actor.Name);
        WriteText(writer, ",\"tokenId\":"u8, actor.TokenId);
        writer.Byte((byte)'}');
    }

    private static void WriteResource(CanonicalWriter writer, RecordResource resource)
    {
        WriteText(writer, ",\"resource\":{\"id\":"u8, resource.Id);
        WriteText(writer, ",\"name\":"u8, resource.Name);
        WriteText(writer, ",\"path\":"u8, resource.Path);
        WriteText(writer, ",\"type\":"u8, resource.Type);
        writer.Byte((byte)'}');
    }

    private static void WriteReasons(CanonicalWriter writer, IReadOnlyList<string> reasons)
    {
        for (var index = 0; index < reasons.Count; index++)
        {
            WriteText(writer, index == 0 ? ",\"reasons\":["u8 : ","u8, reasons[index]);
        }

        if (reasons.Count > 0)
        {
            writer.Byte((byte)']');
        }
    }

    private static void WriteCuts(CanonicalWriter writer, RecordDraft draft)
    {
        var isFirst = true;
        foreach (var list in (ReadOnlySpan<IReadOnlyList<RecordCut>>)[draft.TextCuts, draft.TreeCuts])
        {
            for (var index = 0; index < list.Count; index++)
            {
                var cut = list[index];
                writer.Raw(isFirst ? ",\"cut\":[{\"length\":"u8 : ",{\"length\":"u8);
                writer.Number(cut.Length);
                WriteText(writer, ",\"of\":"u8, cut.OfName ? "name" : null);
                WriteText(writer, ",\"path\":"u8, cut.Path);
                WriteText(writer, ",\"sha256\":"u8, cut.Sha256);
                writer.Byte((byte)'}');
                isFirst = false;
            }
        }

        if (!isFirst)
        {
            writer.Byte((byte)']');
        }
    }

    private static void WriteErasures(CanonicalWriter writer, IReadOnlyList<RecordErasure> erasures)
    {
        for (var index = 0; index < erasures.Count; index++)
        {
            WriteText(writer, index == 0 ? ",\"redacted\":[{\"path\":"u8 : ",{\"path\":"u8, erasures[index].Path);
            WriteText(writer, ",\"rule\":"u8, erasures[index].Rule);
            writer.Byte((byte)'}');
        }

        if (erasures.Count > 0)
        {
            writer.Byte((byte)']');
        }
    }
}
