using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Claims;

/// <summary>Tells when there will be something to claim.</summary>
internal static class DueStore
{
    public static async Task<DueTimes> ReadAsync(ControlSession session) => (await session.ListAsync<DueTimes>(
        $"""
        SELECT {session.Dialect.NowMs} AS now_ms,
               (SELECT min(l.due_at_ms) FROM job_live l WHERE l.state = 'scheduled') AS first_due_at_ms,
               (SELECT min(l.due_at_ms) FROM job_live l WHERE l.state = 'scheduled' AND l.due_at_ms > {session.Dialect.NowMs}) AS next_due_at_ms
        """))[0];

    public static Task<long> WaitingAsync(ControlSession session) =>
        session.ValueAsync<long>($"SELECT count(*) FROM job_live l WHERE l.state = 'scheduled' AND l.due_at_ms <= {session.Dialect.NowMs}");
}

/// <summary>When executions are due, by the database's clock.</summary>
internal sealed record DueTimes
{
    public required long NowMs { get; init; }

    /// <summary>Of all that wait; null when none does.</summary>
    public long? FirstDueAtMs { get; init; }

    /// <summary>Of those whose time is still to come; null when there is none.</summary>
    public long? NextDueAtMs { get; init; }

    /// <summary>Something waits whose time has come.</summary>
    public bool AnyDue => FirstDueAtMs <= NowMs;
}
