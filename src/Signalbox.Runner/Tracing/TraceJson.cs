using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Tracing;

/// <summary>Writes the spans of a run under one version of the names.</summary>
internal sealed class TraceJson(TraceReading reading, RunStart start, RunReport report, TraceNames names, Redactor redactor)
{
    private const string ClaudeCode = "claude-code";

    private readonly Dictionary<string, DenialReport> _denials = report.Denials
        .Where(static denial => denial.ToolUseId is not null)
        .GroupBy(static denial => denial.ToolUseId!, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);

    private readonly HashSet<string> _toolIds = [.. reading.Spans.Where(static span => span.Kind == TraceSpanKind.Tool).Select(static span => span.Key)];

    private string AgentSpanId => TraceSpan.IdOf(start.RunId, "agent", start.Agent ?? string.Empty);

    public byte[] Write()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var spans = new SpanWriter(json);
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans"u8);
            json.WriteStartObject();
            json.WriteStartObject("resource"u8);
            json.WriteStartArray("attributes"u8);
            WriteResource(spans);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans"u8);
            json.WriteStartObject();
            json.WriteStartObject("scope"u8);
            json.WriteString("name"u8, "cicd-runner");
            json.WriteString("version"u8, start.RunnerVersion);
            json.WriteEndObject();
            json.WriteStartArray("spans"u8);
            WriteRun(spans);
            WriteAgent(spans);
            foreach (var span in reading.Spans)
            {
                Write(spans, span);
            }

            json.WriteEndArray();
            json.WriteString("schemaUrl"u8, names.SchemaUrl);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("schemaUrl"u8, names.SchemaUrl);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>The values of <c>cicd.pipeline.result</c>.</summary>
    private static string ResultOf(OutcomeReport outcome) => outcome.Reason switch
    {
        _ when outcome.ExitCode == 0 => "success",
        OutcomeReasons.Interrupted => "cancellation",
        OutcomeReasons.BudgetMinutes or OutcomeReasons.Stalled => "timeout",
        OutcomeReasons.MemoryLimit or OutcomeReasons.KernelOom or OutcomeReasons.NotStarted or OutcomeReasons.Incomplete => "error",
        _ => "failure",
    };

    private static string? ProviderOf(string? model, string? agent) =>
        (model is null ? agent == ClaudeCode : model.Contains("claude", StringComparison.OrdinalIgnoreCase)) ? "anthropic"
        : model?.StartsWith("gpt-", StringComparison.OrdinalIgnoreCase) == true ? "openai"
        : model?.StartsWith("gemini", StringComparison.OrdinalIgnoreCase) == true ? "gcp.gemini"
        : null;

    private string? Clean(string? text) => text is null ? null : redactor.Redact(text);

    private void WriteResource(SpanWriter spans)
    {
        var ci = start.Ci;
        spans.Attribute("service.name", "cicd-runner");
        spans.Attribute("service.version", start.RunnerVersion);
        spans.Attribute("cicd.pipeline.name", Clean(ci.Pipeline));
        spans.Attribute("cicd.pipeline.run.id", ci.RunId);
        spans.Attribute("cicd.pipeline.run.url.full", Clean(ci.Url));
        spans.Attribute("cicd.worker.name", Clean(ci.WorkerName));
        spans.Attribute("vcs.provider.name", ci.Platform is "github" or "gitlab" or "bitbucket" ? ci.Platform : null);
        spans.Attribute("vcs.repository.name", ci.Repository?.Split('/')[^1]);
        spans.Attribute("vcs.owner.name", ci.Repository is { } repository && repository.LastIndexOf('/') is > 0 and var slash ? repository[..slash] : null);
        spans.Attribute("vcs.repository.url.full", Clean(ci.RepositoryUrl));
        spans.Attribute("vcs.ref.head.name", Clean(ci.Branch ?? ci.Tag));
        spans.Attribute("vcs.ref.head.revision", ci.Commit);
        spans.Attribute("vcs.ref.base.name", Clean(ci.BaseBranch));
        spans.Attribute("vcs.change.id", ci.PullRequest);
    }

    private void WriteRun(SpanWriter spans)
    {
        var outcome = report.Outcome;
        var result = ResultOf(outcome);
        spans.Begin(start.TraceId, start.SpanId, start.ParentSpanId, $"RUN {Clean(start.Ci.Pipeline ?? start.Agent ?? (start.Command.Count > 0 ? start.Command[0] : "command"))}", SpanWriter.Server);
        spans.Times(start.At, report.FinishedAt ?? reading.Latest);
        spans.Attribute("cicd.pipeline.action.name", "RUN");
        spans.Attribute("cicd.pipeline.result", result);
        spans.Attribute("cicd.pipeline.task.name", Clean(start.Ci.JobName));
        spans.Attribute("cicd.pipeline.task.run.id", start.Ci.JobId);
        spans.Attribute("cicd.pipeline.task.run.url.full", Clean(start.Ci.JobUrl));
        spans.Attribute("process.exit.code", outcome.ExitCode);
        spans.Attribute("error.type", result == "success" ? null : outcome.Reason);
        spans.Attribute("signalbox.run.id", start.RunId);
        spans.Attribute("signalbox.run.reason", outcome.Reason);
        spans.Attribute("signalbox.run.actor", Clean(start.Ci.Actor?.Id));
        spans.Attribute("signalbox.run.risk.score", report.Risk.Score);
        spans.Attribute("signalbox.run.cost.usd", report.Usage?.CostUsd);
        spans.Attribute("signalbox.run.denials", report.Denials.Count);
        spans.Attribute("signalbox.run.unattributed_writes", report.Audit.Unattributed);
        spans.Attribute("signalbox.spans.omitted", reading.Omitted);
        spans.End(result != "success", outcome.Detail);
    }

    private void WriteAgent(SpanWriter spans)
    {
        if (reading.AgentStart is not { } began || start.Agent is null)
        {
            return;
        }

        var failed = report.Result?.IsError == true;
        spans.Begin(start.TraceId, AgentSpanId, start.SpanId, $"invoke_agent {start.Agent}", SpanWriter.Internal);
        spans.Times(began, reading.AgentEnd);
        spans.Attribute("gen_ai.operation.name", "invoke_agent");
        spans.Attribute(names.Provider, ProviderOf(report.Agent?.Model, start.Agent));
        spans.Attribute("gen_ai.agent.name", start.Agent);
        spans.Attribute("gen_ai.agent.version", report.Agent?.Version);
        spans.Attribute("gen_ai.request.model", report.Agent?.Model);
        spans.Attribute("gen_ai.conversation.id", Clean(reading.SessionId));
        if (report.Usage is { } usage)
        {
            WriteUsage(spans, new TokenCounts(
                usage.Models.Sum(static model => model.Input),
                usage.Models.Sum(static model => model.Output),
                usage.Models.Sum(static model => model.CacheRead),
                usage.Models.Sum(static model => model.CacheCreation)));
        }

        spans.Attribute("error.type", failed ? report.Result!.Subtype ?? "agent_error" : null);
        spans.End(failed, null);
    }

    private void Write(SpanWriter spans, TraceSpan span)
    {
        var chat = span.Kind == TraceSpanKind.Chat;
        var denial = chat ? null : _denials.GetValueOrDefault(span.Key);
        var error = denial is not null ? "denied" : Clean(span.Error) ?? (span.End is null ? "unanswered" : null);
        var name = Clean(span.Name) ?? "unknown";
        var parent = span.ParentToolUseId is { } call && _toolIds.Contains(call) ? TraceSpan.IdOf(start.RunId, "tool", call) : start.Agent is null ? start.SpanId : AgentSpanId;
        spans.Begin(
            start.TraceId,
            TraceSpan.IdOf(start.RunId, chat ? "chat" : "tool", span.Key),
            parent,
            chat ? $"chat {name}" : $"execute_tool {name}",
            chat ? SpanWriter.Client : SpanWriter.Internal);
        spans.Times(span.Start, span.End ?? reading.AgentEnd);
        spans.Attribute("gen_ai.operation.name", chat ? "chat" : "execute_tool");
        if (chat)
        {
            spans.Attribute(names.Provider, ProviderOf(span.Name, start.Agent));
            spans.Attribute("gen_ai.request.model", Clean(span.Name));
            spans.Attribute("gen_ai.response.model", Clean(span.Name));
            spans.Attribute("gen_ai.response.id", Clean(span.Key));
            spans.Attribute("gen_ai.conversation.id", Clean(reading.SessionId));
            if (span.StopReason is { } reason)
            {
                spans.Attribute("gen_ai.response.finish_reasons", [Clean(reason)!]);
            }

            WriteUsage(spans, span.Usage);
        }
        else
        {
            spans.Attribute("gen_ai.tool.name", name);
            spans.Attribute("gen_ai.tool.call.id", Clean(span.Key));
            spans.Attribute("signalbox.denied", denial is not null);
            spans.Attribute("signalbox.policy.id", denial?.PolicyId);
        }

        spans.Attribute("error.type", error);
        spans.End(error is not null, denial?.Reason);
    }

    private void WriteUsage(SpanWriter spans, TokenCounts? usage)
    {
        if (usage is not null)
        {
            spans.Attribute("gen_ai.usage.input_tokens", names.InputIncludesCache ? usage.Input + usage.CacheRead + usage.CacheCreation : usage.Input);
            spans.Attribute("gen_ai.usage.output_tokens", usage.Output);
            spans.Attribute(names.CacheReadTokens, usage.CacheRead);
            spans.Attribute(names.CacheCreationTokens, usage.CacheCreation);
        }
    }
}
