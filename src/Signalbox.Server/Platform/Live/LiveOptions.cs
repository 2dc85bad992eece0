using Signalbox.Settings;

namespace Signalbox.Server.Platform.Live;

/// <summary>The bounds of event streams.</summary>
/// <param name="Subscribers">Streams open at the same time; more are refused and counted.</param>
/// <param name="Queue">Events that may wait for one slow reader; then it is told to read everything again, and dropped.</param>
/// <param name="Ring">Events kept for each tenant, so that a stream can go on where it broke off.</param>
/// <param name="Heartbeat">How often a quiet stream says that it is alive, and whether its credentials still hold is looked at.</param>
/// <param name="Poll">How often what other instances changed is looked for while somebody listens.</param>
/// <param name="Topics">Topics that the streams of one tenant follow at the same time, as each of them is looked at with every poll; more are refused and counted.</param>
internal sealed record LiveOptions(int Subscribers, int Topics, int Queue, int Ring, TimeSpan Heartbeat, TimeSpan Poll)
{
    public static LiveOptions Read(SettingsReader settings) => new(
        (int)settings.Integer("live.subscribers", 1000, 1, 100_000, "Event streams (GET /api/v1/events) open at the same time; more are refused with 503. The last tenth is kept for tenants that hold fewer than that."),
        (int)settings.Integer("live.topics", 500, 50, 100_000, "Topics, such as executions, that the event streams of one tenant may listen to at the same time; more are refused with 503."),
        (int)settings.Integer("live.queue", 1000, 10, 100_000, "Events that may wait for one slow reader of an event stream."),
        (int)settings.Integer("live.ring", 1000, 10, 100_000, "Events kept for each tenant, so that a broken event stream can go on where it was."),
        settings.Duration("live.heartbeat", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), "How often a quiet event stream says that it is alive; revoked credentials end it as fast."),
        settings.Duration("live.poll", TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), "How often changes by other instances are looked for while somebody listens."));
}
