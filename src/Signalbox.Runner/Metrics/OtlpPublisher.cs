namespace Signalbox.Runner.Metrics;

/// <summary>Brings one signal of a run to an OTLP receiver.</summary>
internal sealed class OtlpPublisher(OtlpTarget target, OtlpOptions options, int maxSeries, OtlpSender sender) : IRunPublisher
{
    public string Name => $"OTLP {target.Signal.ToString().ToLowerInvariant()} {target.Address.GetLeftPart(UriPartial.Path)}";

    public async Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken)
    {
        var body = target.Signal switch
        {
            OtlpSignal.Metrics => new OtlpMetricsBody(run.Report, options).Write(RunMetrics.Of(run.Report, maxSeries)),
            OtlpSignal.Traces => run.Trace,
            _ => await OtlpLogsBody.WriteAsync(run, cancellationToken),
        };
        if (body.IsEmpty)
        {
            return new PublishResult(Name, PublishOutcome.Taken);
        }

        var result = await sender.SendAsync(target, body, cancellationToken);
        return new PublishResult(Name, result.Outcome, result.Detail);
    }
}
