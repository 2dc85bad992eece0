using System.Data.Common;
using System.Globalization;
using System.Text;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Live;

/// <summary>Writes one subscription as server-sent events until it ends.</summary>
/// <remarks>Source: https://html.spec.whatwg.org/multipage/server-sent-events.html</remarks>
internal sealed class LiveStream(LiveHub hub, LiveOptions options, ICredentialCheck credentials, TimeProvider clock)
{
    /// <summary>How long a browser waits before it comes back.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <param name="rules">What listening to the topics needs, at any time.</param>
    /// <param name="cancellationToken">Of the request and of the server.</param>
    public async Task RunAsync(HttpContext context, LiveSubscription subscription, IReadOnlyList<LiveRule> rules, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";

        // nginx and those who do as it does keep answers back until they are whole, unless they are told not to.
        response.Headers["X-Accel-Buffering"] = "no";

        // An id without data shows nothing, and lets a stream that breaks off before its first event go on from here.
        await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"retry: {(long)Retry.TotalMilliseconds}\nid: {hub.IdOf(subscription.StartSeq)}\n\n"), cancellationToken);
        if (subscription.StartsWithReset)
        {
            await WriteAsync(response, "event: reset\ndata: {}\n\n", cancellationToken);
        }

        var ready = subscription.Events.WaitToReadAsync(cancellationToken).AsTask();
        var checkedAt = clock.GetTimestamp();
        while (true)
        {
            var isReady = await WaitAsync(ready, cancellationToken);
            if (isReady == false)
            {
                await WriteAsync(response, "event: reset\ndata: {}\n\n", cancellationToken);
                return;
            }

            if (clock.GetElapsedTime(checkedAt) >= options.Heartbeat)
            {
                if (!await MayGoOnAsync(context, subscription, rules))
                {
                    return;
                }

                checkedAt = clock.GetTimestamp();
            }

            if (isReady is null)
            {
                await WriteAsync(response, ": alive\n\n", cancellationToken);
                continue;
            }

            await WriteAsync(response, Drain(subscription), cancellationToken);
            ready = subscription.Events.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    /// <returns>Null when nothing came for a heartbeat.</returns>
    private async Task<bool?> WaitAsync(Task<bool> ready, CancellationToken cancellationToken)
    {
        try
        {
            return await ready.WaitAsync(options.Heartbeat, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async Task<bool> MayGoOnAsync(HttpContext context, LiveSubscription subscription, IReadOnlyList<LiveRule> rules)
    {
        try
        {
            return await credentials.RecheckAsync(context) is { } principal && principal.Tenant.Value == subscription.Tenant && rules.All(rule => principal.May(rule.Role, rule.Scope));
        }
        catch (Exception exception) when (exception is DbException or ControlUnavailableException)
        {
            // What cannot be checked does not go on; the reader comes back and is told why.
            return false;
        }
    }

    private string Drain(LiveSubscription subscription)
    {
        var text = new StringBuilder();
        while (text.Length < 256 * 1024 && subscription.Events.TryRead(out var liveEvent))
        {
            text.Append("id: ").Append(hub.IdOf(liveEvent.Seq)).Append("\nevent: ").Append(liveEvent.Type).Append("\ndata: ").Append(liveEvent.Data).Append("\n\n");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
