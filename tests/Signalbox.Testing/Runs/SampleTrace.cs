using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Runs;

/// <summary>Makes the trace of a sample run: the run, its agent, and a message of the model and a call of a tool each turn.</summary>
internal static class SampleTrace
{
    public static byte[] Of(SampleRun run, DateTimeOffset start)
    {
        var (end, step) = (start + run.Duration, run.Duration / 30);
        var spans = new JsonArray(Span("b7ad6b7169203331", null, run.Agent is null ? "RUN CI" : "RUN Agent", start, end, ("cicd.pipeline.action.name", "RUN")));
        if (run.Agent is not null)
        {
            const string Agent = "00f067aa0ba902b7";
            spans.Add(Span(Agent, "b7ad6b7169203331", $"invoke_agent {run.Agent}", start.AddSeconds(2), end, ("gen_ai.operation.name", "invoke_agent")));
            for (var turn = 1; turn <= 24; turn++)
            {
                var at = start + (step * turn);
                spans.Add(Span(IdOf(turn), Agent, $"chat {run.Model}", at - (step / 2), at, ("gen_ai.operation.name", "chat")));
                var tool = Span(IdOf(100 + turn), Agent, "execute_tool Bash", at, at + (step / 3), ("gen_ai.operation.name", "execute_tool"), ("gen_ai.tool.call.id", string.Create(CultureInfo.InvariantCulture, $"toolu_{turn:00}")));
                tool["status"] = turn == 4 ? new JsonObject { ["code"] = 2, ["message"] = "The tests failed." } : new JsonObject();
                spans.Add(tool);
            }
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["resourceSpans"] = new JsonArray(new JsonObject { ["resource"] = new JsonObject(), ["scopeSpans"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = "cicd-runner" }, ["spans"] = spans }) }) }.ToJsonString());
    }

    private static string IdOf(int number) => number.ToString("x16", CultureInfo.InvariantCulture);

    private static JsonObject Span(string id, string? parent, string name, DateTimeOffset start, DateTimeOffset end, params (string Name, string Value)[] attributes) => new()
    {
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["spanId"] = id,
        ["parentSpanId"] = parent,
        ["name"] = name,
        ["kind"] = 1,
        ["startTimeUnixNano"] = Nanoseconds(start),
        ["endTimeUnixNano"] = Nanoseconds(end),
        ["attributes"] = new JsonArray([.. attributes.Select(static attribute => (JsonNode)new JsonObject { ["key"] = attribute.Name, ["value"] = new JsonObject { ["stringValue"] = attribute.Value } })]),
        ["status"] = new JsonObject(),
    };

    private static string Nanoseconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() * 1_000_000L).ToString(CultureInfo.InvariantCulture);
}
