using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Platform.Live;

/// <summary>Knows some topics and looks for what happened in them; a slice provides it for its own.</summary>
internal interface ILiveSource
{
    /// <summary>What listening to a topic needs; null when it is not one of this source's.</summary>
    LiveRule? RuleOf(string topic);

    /// <summary>Begins to follow a topic: whatever happens once this returns is published.</summary>
    /// <returns>False when the tenant has no such thing.</returns>
    Task<bool> FollowAsync(LiveTopic topic, CancellationToken cancellationToken);

    /// <summary>Publishes what happened since the last call.</summary>
    /// <param name="active">Of this source; what is no longer in it is no longer followed.</param>
    Task PollAsync(IReadOnlyList<LiveTopic> active, CancellationToken cancellationToken);
}

/// <summary>What listening to a topic needs.</summary>
internal sealed record LiveRule(Role Role, string Scope);
