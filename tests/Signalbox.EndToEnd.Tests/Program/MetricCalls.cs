using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Testing.Clock;

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>Writes and asks metrics over HTTP, with a token, as other programs do.</summary>
internal sealed class MetricCalls : IDisposable
{
    public MetricCalls(Uri server, string token, string? tenant = null)
    {
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (tenant is not null)
        {
            Client.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant);
        }
    }

    public HttpClient Client { get; }

    /// <summary>Sends a batch by remote write 1.0.</summary>
    public async Task<HttpResponseMessage> WriteAsync(MetricBatch batch, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(RemoteWriteEncoder.EncodeCompressed(batch));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        return await Client.PostAsync("/prometheus/api/v1/write", content, cancellationToken);
    }

    /// <summary>Asks for the value of an expression now: the members of <c>data.result</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> AskAsync(string expression, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("query", expression)]);
        using var response = await Client.PostAsync("/prometheus/api/v1/query", form, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()]
            : throw new InvalidOperationException($"{expression} is answered with {(int)response.StatusCode}: {answer}");
    }

    /// <summary>Waits until an expression has a value, and returns the first series' value.</summary>
    public async Task<double> WaitForAsync(string expression, CancellationToken cancellationToken)
    {
        var found = await Eventually.GetsAsync(
            $"{expression} has a value",
            async () => await AskAsync(expression, cancellationToken) is { Count: > 0 } result ? result : null,
            cancellationToken);
        return double.Parse(found[0].GetProperty("value")[1].GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public void Dispose() => Client.Dispose();
}
