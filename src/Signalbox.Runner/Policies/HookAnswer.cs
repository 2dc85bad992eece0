using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Policies;

/// <summary>What the hook tells the agent.</summary>
/// <remarks>
/// Without an opinion nothing is said, so that the agent goes by its own permissions; an <c>allow</c> skips its question to the user but none of its own rules that deny.
/// Source: https://code.claude.com/docs/en/hooks#pretooluse-decision-control
/// </remarks>
internal static class HookAnswer
{
    private const int MaxReason = 4096;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Empty for silence.</returns>
    public static string Of(PolicyDecided decided) => PolicyEngine.HasOpinion(decided) ? Write(decided.Allow, ReasonOf(decided)) : string.Empty;

    public static string Denying(string reason) => Write(false, reason);

    private static string ReasonOf(PolicyDecided decided)
    {
        var said = decided.Reasons.Count > 0 ? string.Join(' ', decided.Reasons) : decided.Failure;
        return said ?? (decided.Allow ? $"Allowed by {decided.PolicyId}." : $"Denied by {decided.PolicyId}.");
    }

    private static string Write(bool allow, string reason)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("hookSpecificOutput");
            json.WriteString("hookEventName", HookInput.PreToolUse);
            json.WriteString("permissionDecision", allow ? "allow" : "deny");
            json.WriteString("permissionDecisionReason", reason.Length <= MaxReason ? reason : reason[..MaxReason] + "…");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
