using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.History;

/// <summary>Shows the processes that run jobs.</summary>
internal sealed class InstanceQuery(ControlDatabase database)
{
    private const int Most = 1000;

    /// <summary>Without a sign for this long a process counts as gone; it writes one every few seconds.</summary>
    private const long AliveForMs = 30_000;

    public Task<InstanceList> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var now = await session.NowMsAsync();
            var rows = await session.ListAsync<InstanceRow>(
                "SELECT id, host, pid, version, started_at_ms, heartbeat_at_ms, slots, running, quarantined FROM job_instances ORDER BY started_at_ms DESC, id LIMIT @limit", new { limit = Most });
            return new InstanceList([.. rows.Select(row => row.ToWire(now - row.HeartbeatAtMs <= AliveForMs))], null);
        },
        cancellationToken);

    /// <summary>One process as stored.</summary>
    private sealed record InstanceRow
    {
        public required string Id { get; init; }

        public required string Host { get; init; }

        public required long Pid { get; init; }

        public required string Version { get; init; }

        public required long StartedAtMs { get; init; }

        public required long HeartbeatAtMs { get; init; }

        public required int Slots { get; init; }

        public required int Running { get; init; }

        public required int Quarantined { get; init; }

        public Instance ToWire(bool alive) => new(
            Id, Host, Pid, Version, DateTimeOffset.FromUnixTimeMilliseconds(StartedAtMs), DateTimeOffset.FromUnixTimeMilliseconds(HeartbeatAtMs), Slots, Running, Quarantined, alive);
    }
}
