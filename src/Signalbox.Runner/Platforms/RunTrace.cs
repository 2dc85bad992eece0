using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>The trace that a run belongs to and its place in it.</summary>
/// <param name="TraceId">32 lower-case hexadecimal digits.</param>
/// <param name="SpanId">16 of them: the run's own span. The same run has the same one on every reading.</param>
/// <param name="ParentSpanId">The incoming one, or the one that the platform's receiver gives to the job; null without any.</param>
/// <param name="State">The incoming <c>TRACESTATE</c>, passed on as it came; null without a valid <c>TRACEPARENT</c>.</param>
/// <param name="Flags">Two hexadecimal digits; <c>01</c>, sampled, unless an incoming <c>TRACEPARENT</c> says otherwise.</param>
internal sealed record RunTrace(string TraceId, string SpanId, string? ParentSpanId, string? State, string Flags)
{
    /// <summary>The <c>TRACEPARENT</c> for the command.</summary>
    public string TraceParent => $"00-{TraceId}-{SpanId}-{Flags}";

    /// <param name="runId">The runner's own id of the run: two runs within one job have two spans.</param>
    /// <remarks>
    /// GitHub's ids are those that OpenTelemetry's githubreceiver derives, so that both meet in one trace. Other platforms: SHA-256 of platform, project, run and attempt,
    /// joined by <c>|</c>; without a run of the platform the runner's own id takes its place.
    /// Source: https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/0829e775effb8186296ec99ed6cad48d81b4bb7b/receiver/githubreceiver/trace_event_handling.go
    /// </remarks>
    public static RunTrace Derive(CiContext ci, IReadOnlyDictionary<string, string> environment, string runId)
    {
        if (TraceParentText.TryParse(environment.GetValueOrDefault("TRACEPARENT"), out var incoming))
        {
            return new RunTrace(incoming.TraceId, SpanOf(incoming.TraceId, runId), incoming.SpanId, TraceParentText.StateOf(environment.GetValueOrDefault("TRACESTATE")), incoming.Flags);
        }

        if (ci is { Platform: GitHubPlatform.PlatformName, RunId: { } run } && GitHubTrace.IsNumber(run))
        {
            var trace = GitHubTrace.TraceId(run, ci.Attempt);
            return new RunTrace(trace, SpanOf(trace, runId), GitHubTrace.ParentSpanId(run, ci.Attempt, ci.JobId), null, "01");
        }

        var derived = Hash($"{ci.Platform}|{ci.Project ?? ci.Repository}|{ci.RunId ?? runId}|{ci.Attempt ?? "1"}")[..32];
        return new RunTrace(derived, SpanOf(derived, runId), null, null, "01");
    }

    internal static string Hash(string text) => IdHash.Of(text);

    private static string SpanOf(string traceId, string runId) => Hash($"{traceId}|{runId}")[..16];
}
