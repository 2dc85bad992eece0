namespace Signalbox.Server.Jobs.History;

/// <summary>One process that runs jobs.</summary>
/// <param name="Slots">Executions that it runs at the same time at most.</param>
/// <param name="Quarantined">Slots held by handlers that ignored their cancellation.</param>
/// <param name="Alive">It was heard of lately.</param>
internal sealed record Instance(
    string Id, string Host, long Pid, string Version, DateTimeOffset StartedAt, DateTimeOffset HeartbeatAt, int Slots, int Running, int Quarantined, bool Alive);

/// <summary>The processes that run jobs, newest first.</summary>
internal sealed record InstanceList(IReadOnlyList<Instance> Items, string? Next);

/// <summary>The names of the handlers that this process has.</summary>
internal sealed record HandlerList(IReadOnlyList<HandlerItem> Items, string? Next);

/// <summary>One handler that jobs can name.</summary>
internal sealed record HandlerItem(string Name);
