using Signalbox.Server.Platform.Control;

namespace Signalbox.Testing.Server;

/// <summary>Options of a control database for tests that are not about its limits: on a busy machine a process may wait longer for its turn than the product waits for it.</summary>
internal static class PatientControl
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static ControlOptions Patient(this ControlOptions options) => options with { ConnectionWait = Limit, ConnectTimeout = Limit, LockLimit = Limit, StatementLimit = Limit * 2 };

    /// <summary>The same as settings of a server.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("control.connection_wait", "1m"),
        new("control.connect_timeout", "1m"),
        new("control.lock_limit", "1m"),
        new("control.statement_limit", "2m"),
    ];
}
