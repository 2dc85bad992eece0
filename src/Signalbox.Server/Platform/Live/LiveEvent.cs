namespace Signalbox.Server.Platform.Live;

/// <summary>One event on its way to those who listen.</summary>
/// <param name="Seq">Grows by one from event to event of a tenant.</param>
/// <param name="Topics">It goes to whoever listens to any of them, once.</param>
/// <param name="Type">What the stream calls <c>event</c>.</param>
/// <param name="Data">JSON on one line.</param>
internal sealed record LiveEvent(long Seq, IReadOnlyList<string> Topics, string Type, string Data);

/// <summary>One topic that is listened to in one tenant.</summary>
internal readonly record struct LiveTopic(string Tenant, string Topic);
