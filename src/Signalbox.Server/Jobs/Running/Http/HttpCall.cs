using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>Makes the request of one attempt.</summary>
internal static class HttpCall
{
    /// <param name="key">Null when the request is not signed.</param>
    public static HttpRequestMessage Create(HttpWork work, RunScope scope, byte[]? key, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(work.Body ?? string.Empty);
        var request = new HttpRequestMessage(new HttpMethod(work.Method), work.Url) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        if (work.Body is not null || work.Method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new ByteArrayContent(body);
            if (work.Body is not null)
            {
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(LooksLikeJson(work.Body) ? "application/json" : "text/plain", "utf-8");
            }
        }

        request.Headers.TryAddWithoutValidation("User-Agent", $"Signalbox/{Platform.ProductVersion.Text}");
        foreach (var (name, value) in work.Headers)
        {
            Set(request, name, value);
        }

        Set(request, "traceparent", scope.TraceParent);
        Set(request, "signalbox-execution-id", scope.Request.ExecutionId);
        Set(request, "signalbox-job-id", scope.Request.JobId);
        Set(request, "signalbox-job-name", Uri.EscapeDataString(scope.Request.JobName));
        Set(request, "signalbox-attempt", scope.AttemptText);
        Set(request, "signalbox-fence", scope.FenceText);
        Set(request, "signalbox-nominal-time", scope.NominalTime);
        if (key is not null)
        {
            // The same for all attempts of an execution, so that a receiver which has done the work already can tell.
            var id = scope.Request.ExecutionId;
            Set(request, WebhookSignature.IdHeader, id);
            Set(request, WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            Set(request, WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, id, now, body));
        }

        return request;
    }

    private static bool LooksLikeJson(string body) => body.AsSpan().TrimStart() is ['{' or '[', ..];

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.Remove(name);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
