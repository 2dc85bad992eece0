using System.Diagnostics;

namespace Signalbox.Server.Jobs.Running;

/// <summary>The span of one attempt, in the trace of its execution.</summary>
internal static class RunSpan
{
    public static readonly ActivitySource Source = new("Signalbox.Jobs");

    /// <summary>Starts it and makes it the current one; there is one even when nobody collects spans, so that log lines carry the trace.</summary>
    public static Activity Start(RunRequest request)
    {
        // An engine's span of the same trace is the parent; without one this span is the first of its trace.
        var traceId = ActivityTraceId.CreateFromString(request.TraceId);
        var parent = Activity.Current is { } current && current.TraceId == traceId
            ? current.Context
            : new ActivityContext(traceId, default, ActivityTraceFlags.Recorded);
        var span = Source.StartActivity($"job {request.JobName}", ActivityKind.Internal, parent)
            ?? new Activity($"job {request.JobName}").SetIdFormat(ActivityIdFormat.W3C).SetParentId(traceId, parent.SpanId, ActivityTraceFlags.Recorded).Start();
        span.SetTag("signalbox.job.id", request.JobId);
        span.SetTag("signalbox.job.name", request.JobName);
        span.SetTag("signalbox.job.kind", request.Work.Kind);
        span.SetTag("signalbox.execution.id", request.ExecutionId);
        span.SetTag("signalbox.execution.attempt", request.Attempt);
        return span;
    }

    public static void End(Activity span, RunResult result)
    {
        span.SetTag("signalbox.execution.end", result.End.ToString());
        if (result.End != RunEnd.Succeeded)
        {
            span.SetStatus(ActivityStatusCode.Error, result.Error?.Message ?? result.Cause);
        }
    }

    /// <summary>Source: https://www.w3.org/TR/trace-context/#traceparent-header-field-values</summary>
    public static string TraceParent(Activity span) => $"00-{span.TraceId.ToHexString()}-{span.SpanId.ToHexString()}-01";
}
