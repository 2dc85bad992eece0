using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Policies;

/// <summary>The body of a question to a policy server, without secrets.</summary>
/// <param name="Body">JSON text.</param>
/// <param name="Erased">JSON Pointers into <c>input</c> where something was erased.</param>
internal sealed record OpaQuestion(string Body, IReadOnlyList<string> Erased)
{
    /// <summary>Longest text of the tool's input that is sent, in UTF-16 units; policies judge what a call does, not whole files.</summary>
    public const int MaxText = 32_768;

    private const int MaxErased = 100;

    public static OpaQuestion Create(PolicyQuestion question, PolicyTarget target, Redactor redactor)
    {
        var run = question.Run;
        var ci = run.Ci;
        var input = new JsonObject
        {
            ["actor"] = ci.Actor?.Id,
            ["actor_name"] = ci.Actor?.Name,
            ["agent"] = run.Agent,
            ["action"] = target.Action,
            ["resource"] = target.Resource,
            ["resource_type"] = target.ResourceType,
            ["path"] = target.Paths.Count == 0 ? null : target.Resource,
            ["tool"] = question.Tool,
            ["tool_use_id"] = question.ToolUseId,
            ["tool_input"] = question.ToolInput is { } toolInput ? JsonNode.Parse(toolInput.GetRawText()) : null,
            ["platform"] = ci.Platform,
            ["repository"] = ci.Repository,
            ["branch"] = ci.Branch,
            ["base_branch"] = ci.BaseBranch,
            ["tag"] = ci.Tag,
            ["commit"] = ci.Commit,
            ["pull_request"] = ci.PullRequest,
            ["event"] = ci.Event,
            ["run"] = new JsonObject { ["id"] = run.RunId, ["ci_run_id"] = ci.RunId, ["attempt"] = ci.Attempt, ["url"] = ci.Url, ["trace_id"] = run.TraceId },
            ["enforced"] = question.Enforced,
        };

        // Redacted whole and cut afterwards: half a secret would not be known for one.
        var redacted = redactor.Scan(input);
        var clean = (JsonObject)redacted.Node!;
        Shorten(clean["tool_input"]);
        var erased = redacted.Places.Select(static place => place.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxErased).ToList();
        clean["erased"] = new JsonArray([.. erased.Select(static path => JsonValue.Create(path))]);
        var whole = new JsonObject { ["input"] = clean };
        return new OpaQuestion(whole.ToJsonString(), erased);
    }

    private static void Shorten(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(static member => member.Key).ToList())
                {
                    if (Shortened(members[name]) is { } shorter)
                    {
                        members[name] = shorter;
                    }
                    else
                    {
                        Shorten(members[name]);
                    }
                }

                break;
            case JsonArray elements:
                for (var index = 0; index < elements.Count; index++)
                {
                    if (Shortened(elements[index]) is { } shorter)
                    {
                        elements[index] = shorter;
                    }
                    else
                    {
                        Shorten(elements[index]);
                    }
                }

                break;
            default:
                break;
        }
    }

    private static JsonValue? Shortened(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > MaxText
        ? JsonValue.Create(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text.AsSpan(0, MaxText)}… ({text.Length - MaxText} more)"))
        : null;
}
