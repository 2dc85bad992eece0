using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>A line of <c>decisions.jsonl</c>.</summary>
internal sealed class PolicyDecidedConverter : JsonConverter<PolicyDecided>
{
    public override PolicyDecided Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        return new PolicyDecided
        {
            At = FactMembers.Time(fact, "at"),
            ToolUseId = FactMembers.Text(fact, "toolUseId"),
            Allow = FactMembers.Switch(fact, "allow"),
            PolicyId = FactMembers.Text(fact, "policyId"),
            Reasons = FactMembers.OptionalList(fact, "reasons"),
            DecisionId = FactMembers.OptionalText(fact, "decisionId"),
            Bundles = FactMembers.OptionalList(fact, "bundles"),
            Erased = FactMembers.OptionalList(fact, "erased"),
            Source = FactMembers.Text(fact, "source"),
            Enforced = FactMembers.Switch(fact, "enforced"),
            Failure = FactMembers.OptionalText(fact, "failure"),
        };
    }

    public override void Write(Utf8JsonWriter writer, PolicyDecided value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("toolUseId", value.ToolUseId);
        writer.WriteBoolean("allow", value.Allow);
        writer.WriteString("policyId", value.PolicyId);
        FactMembers.WriteList(writer, "reasons", value.Reasons);
        FactMembers.WriteText(writer, "decisionId", value.DecisionId);
        FactMembers.WriteList(writer, "bundles", value.Bundles);
        FactMembers.WriteList(writer, "erased", value.Erased);
        writer.WriteString("source", value.Source);
        writer.WriteBoolean("enforced", value.Enforced);
        FactMembers.WriteText(writer, "failure", value.Failure);
        FactMembers.WriteTime(writer, "at", value.At);
        writer.WriteEndObject();
    }
}
