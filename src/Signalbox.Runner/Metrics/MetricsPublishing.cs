using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Metrics;

/// <summary>Tells a run that has ended to all that are configured: the file first, then everybody on the network side by side, under one deadline.</summary>
/// <remarks>It never throws for what a receiver does or does not do, and never takes longer than the deadline: a run's exit code matters more than its metrics.</remarks>
internal sealed class MetricsPublishing(MetricsOptions options, TimeProvider clock, ILogger logger, HttpMessageHandler? handler = null)
{
    /// <summary>How much of the deadline is for the receivers; the rest is for giving up, writing the log lines and leaving.</summary>
    private const double ReceiversShare = 0.85;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <param name="others">Further work that needs the network at the end, such as a receiver that still has something to forward.</param>
    /// <returns>What became of each that was told over the network.</returns>
    public async Task<IReadOnlyList<PublishResult>> PublishAsync(RunPublication run, IReadOnlyList<IRunPublisher> others, CancellationToken cancellationToken)
    {
        WriteFile(run);
        if (options.Pushgateway is null && options.Otlp is null && others.Count == 0)
        {
            return [];
        }

        using var deadline = new CancellationTokenSource(options.Deadline * ReceiversShare, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var http = CreateClient();
        var results = await Task.WhenAll(Publishers(http).Concat(others).Select(publisher => PublishAsync(publisher, run, either.Token)));
        if (results.All(static result => result.Outcome != PublishOutcome.TooLate))
        {
            // One that was too late may still be using it; the process is about to end.
            http.Dispose();
        }

        foreach (var result in results)
        {
            Report(result);
        }

        return results;
    }

    private void WriteFile(RunPublication run)
    {
        if (options.File is null)
        {
            return;
        }

        try
        {
            WholeFile.Write(options.File, RunMetrics.Text(run.Report, options.MaxSeries));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.FileNotWritten(options.File, exception.Message);
        }
    }

    private HttpClient CreateClient() =>
        new(handler ?? new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseCookies = false, AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private IEnumerable<IRunPublisher> Publishers(HttpClient http)
    {
        if (options.Pushgateway is not null)
        {
            yield return new PushgatewayPublisher(options.Pushgateway, options.MaxSeries, http);
        }

        var sender = new OtlpSender(http, clock);
        foreach (var target in options.Otlp?.Targets ?? [])
        {
            yield return new OtlpPublisher(target, options.Otlp!, options.MaxSeries, sender);
        }
    }

    private async Task<PublishResult> PublishAsync(IRunPublisher publisher, RunPublication run, CancellationToken cancellationToken)
    {
        try
        {
            // Name resolution does not hear a cancellation everywhere; the wait ends all the same.
            return await Task.Run(() => publisher.PublishAsync(run, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            var seconds = options.Deadline.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return new PublishResult(publisher.Name, PublishOutcome.TooLate, $"It did not answer within the {seconds} s that all receivers have together.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new PublishResult(publisher.Name, PublishOutcome.Failed, $"What is to be sent cannot be read: {exception.Message}");
        }
    }

    private void Report(PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.Taken when result.Detail is null:
                logger.Published(result.Publisher);
                break;
            case PublishOutcome.Taken:
                logger.PublishedInPart(result.Publisher, result.Detail);
                break;
            case PublishOutcome.NotSupported:
                logger.NotSupported(result.Publisher, result.Detail ?? "no reason given");
                break;
            default:
                logger.NotPublished(result.Publisher, result.Detail ?? "no reason given");
                break;
        }
    }
}
