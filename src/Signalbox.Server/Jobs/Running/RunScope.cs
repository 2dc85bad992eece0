using System.Globalization;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running;

/// <summary>What one attempt has around it while it runs.</summary>
/// <param name="TraceParent">Of the run's own span, as W3C Trace Context writes it. Source: https://www.w3.org/TR/trace-context/#traceparent-header</param>
internal sealed record RunScope(RunRequest Request, RunLadder Ladder, RunOutput Output, string TraceParent)
{
    /// <summary>The lease is over, so the execution may be somebody else's.</summary>
    public bool MayNotBegin => Request.Lease is { IsOver: true };

    public string NominalTime => Request.NominalAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string AttemptText => Request.Attempt.ToString(CultureInfo.InvariantCulture);

    public string FenceText => Request.Fence.ToString(CultureInfo.InvariantCulture);
}
