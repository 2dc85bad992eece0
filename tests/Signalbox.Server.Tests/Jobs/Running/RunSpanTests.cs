using System.Collections.Concurrent;
using System.Diagnostics;
using Signalbox.Server.Jobs.Running;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running;

public sealed class RunSpanTests
{
    [Fact]
    public async Task ARunIsASpanOfItsExecutionsTraceAndHandsItOn()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("echo $TRACEPARENT; exit 4"));
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Signalbox.Jobs",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("signalbox.execution.id") == request.ExecutionId)
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await bed.RunAsync(request);

        var span = Assert.Single(spans);
        Assert.Equal((request.TraceId, default(ActivitySpanId)), (span.TraceId.ToHexString(), span.ParentSpanId));
        Assert.Equal($"00-{request.TraceId}-{span.SpanId.ToHexString()}-01\n", bed.Kept.Text(request.ExecutionId));
        Assert.Equal((ActivityStatusCode.Error, "The command ended with exit code 4."), (span.Status, span.StatusDescription));
    }
}
