using System.Buffers;
using System.Globalization;
using System.Text;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>Makes HTTP calls and keeps their answers as output.</summary>
internal sealed class HttpRunner(HttpDoors doors, SigningKey key, RunningOptions options, TimeProvider clock) : IKindRunner
{
    private const int ReadBytes = 16 << 10;

    /// <summary>Headers of answers whose values are credentials.</summary>
    private static readonly string[] Secret = ["Set-Cookie", "Authorization", "Proxy-Authorization", "WWW-Authenticate", "Authentication-Info"];

    public bool Takes(JobWork work) => work is HttpWork;

    public async Task<WorkEnd> RunAsync(RunScope scope)
    {
        var work = (HttpWork)scope.Request.Work;
        var call = CallAsync(work, scope);

        // Cancelling a request takes effect at once; should it not, the run ends all the same.
        await Task.WhenAny(call, scope.Ladder.Killed);
        return call.IsCompleted || await EndsSoonAsync(call) ? await call : new WorkEnd { StillRunning = call };
    }

    private async Task<bool> EndsSoonAsync(Task call) =>
        await Task.WhenAny(call, Task.Delay(TimeSpan.FromSeconds(1), clock)) == call;

    private async Task<WorkEnd> CallAsync(HttpWork work, RunScope scope)
    {
        try
        {
            using var request = HttpCall.Create(work, scope, work.Sign ? key.For(scope.Request.Tenant) : null, clock.GetUtcNow());
            scope.Output.Write(OutputStream.Err, $"> {work.Method} {Shown(work.Url)}\n");
            using var response = await doors.For(scope.Request.Tenant).SendAsync(request, scope.Ladder.AskToken);
            scope.Output.Write(OutputStream.Err, Head(response));
            await ReadAsync(response, scope);
            return Judge(work, response);
        }
        catch (OperationCanceledException exception)
        {
            return exception.InnerException is TimeoutException
                ? WorkEnd.Failure("connect", $"{work.Url.Authority} took no connection within {Signalbox.Settings.DurationText.Format(options.Http.ConnectTimeout)}.", "connect")
                : WorkEnd.Failure("cancelled", "The call was broken off.", "cancelled");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or AddressRefusedException)
        {
            return Failure(exception);
        }
    }

    private async Task ReadAsync(HttpResponseMessage response, RunScope scope)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(scope.Ladder.AskToken);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        var left = options.Http.ResponseLimit;
        while (left > 0)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, ReadBytes)), scope.Ladder.AskToken);
            if (count == 0)
            {
                break;
            }

            left -= count;
            scope.Output.Write(OutputStream.Out, buffer.AsSpan(0, count));
        }

        if (left == 0 && await stream.ReadAsync(buffer.AsMemory(0, 1), scope.Ladder.AskToken) > 0)
        {
            scope.Output.Write(OutputStream.Err, string.Create(CultureInfo.InvariantCulture, $"< [the answer is longer than jobs.http_response_limit, {options.Http.ResponseLimit} bytes; the rest was not read]\n"));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static WorkEnd Judge(HttpWork work, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (StatusPattern.Matches(work.ExpectStatus, status))
        {
            return new WorkEnd { Succeeded = true, DoneDespiteStop = true };
        }

        var code = status.ToString(CultureInfo.InvariantCulture);
        var whither = response.Headers.Location is { } location && status is >= 300 and < 400 ? $" It points to {Shown(location)}, and redirects are not followed." : string.Empty;
        return WorkEnd.Failure("http_status", $"{work.Url.Authority} answered {code} instead of {string.Join(" or ", work.ExpectStatus)}.{whither}", $"http {code}") with { Permanent = !StatusPattern.MayPass(status) };
    }

    private static WorkEnd Failure(Exception exception) => exception switch
    {
        AddressRefusedException refused => WorkEnd.Failure("address_refused", refused.Message, "address refused") with { Permanent = true },
        HttpRequestException { InnerException: AddressRefusedException refused } => Failure(refused),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => WorkEnd.Failure("dns", exception.Message, "dns"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => WorkEnd.Failure("connect", exception.Message, "connect"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => WorkEnd.Failure("tls", exception.InnerException?.Message ?? exception.Message, "tls"),
        InvalidDataException => WorkEnd.Failure("signing_key", exception.Message, "signing key"),
        _ => WorkEnd.Failure("http", exception.Message, "http"),
    };

    private static string Head(HttpResponseMessage response)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"< HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}\n");
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"< {name}: {(Secret.Contains(name, StringComparer.OrdinalIgnoreCase) ? "[not kept]" : value)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Without what may be secret in it.</summary>
    private static string Shown(Uri url) => url.IsAbsoluteUri
        ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (url.Query.Length > 1 ? "?…" : string.Empty)
        : url.OriginalString.Split('?', '#')[0];
}
