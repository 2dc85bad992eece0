using System.CommandLine;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit</c>: looks at the audit log, and proves it.</summary>
internal static class AuditCommand
{
    /// <param name="places">Reads a server's settings: data folder and configuration file, each null where it is not given.</param>
    public static Command Create(TimeProvider clock, Func<string?, string?, AuditPlace> places) => new("audit", "Look at the audit log, and prove that nobody changed it.")
    {
        VerifyCommand.Create(clock, places),
        ExportCommand.Create(clock, places),
        ListCommand.Create(),
        ShowCommand.Create(),
        KeyCommand.Create(),
    };
}
