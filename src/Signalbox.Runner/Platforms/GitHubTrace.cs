namespace Signalbox.Runner.Platforms;

/// <summary>The ids that OpenTelemetry's githubreceiver gives to a workflow run and its jobs.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/0829e775effb8186296ec99ed6cad48d81b4bb7b/receiver/githubreceiver/trace_event_handling.go</remarks>
internal static class GitHubTrace
{
    public static bool IsNumber(string text) => text.Length is > 0 and <= 19 && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    public static string TraceId(string run, string? attempt) => RunTrace.Hash($"{run}{AttemptOf(attempt)}t")[..32];

    /// <summary>The workflow run's span.</summary>
    public static string RootSpanId(string run, string? attempt) => RunTrace.Hash($"{run}{AttemptOf(attempt)}s")[16..32];

    /// <summary>A job's span, as the receiver derives it from version 0.151.0 on.</summary>
    /// <param name="checkRun">The job's check run; the workflow gives it as <c>job.check_run_id</c>.</param>
    public static string JobSpanId(string checkRun) => RunTrace.Hash($"{checkRun}-j")[16..32];

    /// <summary>The job's span where its check run is known, otherwise the workflow run's.</summary>
    public static string ParentSpanId(string run, string? attempt, string? checkRun) =>
        checkRun is not null && IsNumber(checkRun) ? JobSpanId(checkRun) : RootSpanId(run, attempt);

    private static string AttemptOf(string? attempt) => attempt is not null && IsNumber(attempt) ? attempt : "1";
}
