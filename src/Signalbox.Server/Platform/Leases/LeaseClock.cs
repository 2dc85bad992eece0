using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases;

/// <summary>The time by which rows of leases expire: the database server's, or, where the database is this process's own, the monotonic clock's.</summary>
/// <remarks>SQLite's clock would be the machine's wall clock, and setting that forward would end every lease before its owner notices.</remarks>
internal sealed class LeaseClock(IControlDialect dialect, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>An expression for now in milliseconds; it may use the parameter <c>@now</c>, which is <see cref="Now"/>.</summary>
    public string Expression => IsOwn ? "@now" : dialect.NowMs;

    public long Now => (_startedAt + clock.GetElapsedTime(_start)).ToUnixTimeMilliseconds();

    /// <summary>Whether no other process can use the database.</summary>
    public bool IsOwn => dialect.Engine == ControlEngine.Sqlite;
}
