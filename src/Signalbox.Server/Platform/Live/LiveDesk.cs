using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Platform.Live;

/// <summary>Lets callers listen to the topics that they may listen to.</summary>
internal sealed class LiveDesk(LiveHub hub, LiveStream stream, IEnumerable<ILiveSource> sources, IHostApplicationLifetime lifetime)
{
    /// <returns>Why not; null once the stream has ended.</returns>
    public async Task<Refusal?> ServeAsync(HttpContext context, IReadOnlySet<string> topics, string? lastEventId, CancellationToken cancellationToken)
    {
        var principal = context.Principal();
        var rules = new List<LiveRule>();
        foreach (var topic in topics)
        {
            if (SourceOf(topic)?.RuleOf(topic) is not { } rule)
            {
                return Refusal.Invalid("topics", $"There is no topic '{topic}'.");
            }

            if (!principal.May(rule.Role, rule.Scope))
            {
                return Refusal.Forbidden("scope_missing", $"Listening to '{topic}' needs the role {Roles.NameOf(rule.Role)} and the scope {rule.Scope}.");
            }

            rules.Add(rule);
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var subscription = hub.Subscribe(principal.Tenant.Value, topics, lastEventId);
        if (subscription is null)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "too_many_streams", "Busy", "As many event streams are open as live.subscribers allows, or follow as many topics as live.topics does. Try again later.") { RetryAfterSeconds = 10 };
        }

        foreach (var topic in topics)
        {
            if (!await SourceOf(topic)!.FollowAsync(new LiveTopic(principal.Tenant.Value, topic), stopping.Token))
            {
                subscription.Lingers = false;
                return Refusal.NotFound("topic_not_found", $"There is nothing in this tenant that '{topic}' could tell of.");
            }
        }

        try
        {
            await stream.RunAsync(context, subscription, rules, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The reader has gone, or the server stops.
        }

        return null;
    }

    private ILiveSource? SourceOf(string topic) => sources.FirstOrDefault(source => source.RuleOf(topic) is not null);
}
