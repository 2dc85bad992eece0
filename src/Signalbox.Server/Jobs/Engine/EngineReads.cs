using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>The shortest way to ask the database one thing.</summary>
internal static class EngineReads
{
    /// <summary>Runs one statement that only reads: on a shared database without a transaction around it, which would take three ways instead of one.</summary>
    public static Task<T> AskAsync<T>(this ControlDatabase database, Func<ControlSession, Task<T>> question, CancellationToken cancellationToken) =>
        database.IsShared ? database.RunAsync(question, cancellationToken) : database.ReadAsync(question, cancellationToken);
}
