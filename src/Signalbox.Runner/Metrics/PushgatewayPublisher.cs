using System.Net.Http.Headers;
using System.Text;

namespace Signalbox.Runner.Metrics;

/// <summary>Brings a run's metrics to a Pushgateway.</summary>
internal sealed class PushgatewayPublisher(PushgatewayOptions options, int maxSeries, HttpClient http) : IRunPublisher
{
    public string Name => $"Pushgateway {options.Url.GetLeftPart(UriPartial.Path)}";

    public async Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken)
    {
        var address = PushgatewayAddress.Of(options, run.Report);

        // PUT replaces the group whole. After a failure that would take away when the last run succeeded, so POST replaces only what it names.
        var method = run.Report.Outcome.ExitCode == 0 ? HttpMethod.Put : HttpMethod.Post;
        if (await SendAsync(method, address, RunMetrics.Text(run.Report, maxSeries), cancellationToken) is { } failure)
        {
            return new PublishResult(Name, PublishOutcome.Failed, failure);
        }

        return options.Delete && await SendAsync(HttpMethod.Delete, address, null, cancellationToken) is { } notDeleted
            ? new PublishResult(Name, PublishOutcome.Failed, $"The group was pushed and could not be deleted: {notDeleted}")
            : new PublishResult(Name, PublishOutcome.Taken);
    }

    /// <returns>Null when the gateway took it, otherwise why not.</returns>
    private async Task<string?> SendAsync(HttpMethod method, Uri address, string? text, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        if (text is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MetricText.ContentType);
        }

        try
        {
            if (options is { Username: { } user, PasswordFile: { } file })
            {
                var password = (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n');
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : await AnswerText.OfAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
