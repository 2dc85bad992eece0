using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs;

/// <summary>The clock that decides in the scheduler: the database's, which all instances share.</summary>
internal static class JobsClock
{
    /// <summary>Milliseconds since 1970 UTC.</summary>
    public static Task<long> NowMsAsync(this ControlSession session) => session.ValueAsync<long>($"SELECT {session.Dialect.NowMs}");
}
