namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>The few lines of shell between <c>setsid</c> and a command, which see to it that nothing of the command outlives the server.</summary>
/// <remarks>
/// Standard input is a pipe whose other end the server holds and never writes to. A guard, in the command's process group, waits for the end of that pipe:
/// it comes when the server closes it, or dies in whatever way, and then the guard kills the whole group, itself included. The guard keeps neither
/// output open, and ignores the signals that ask a group to end, as it has to outlive the grace. The shell itself becomes the command, so that
/// the command is the group's leader and its exit is seen at once.
/// </remarks>
internal static class CommandScript
{
    private static readonly string[] SetSid = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Arguments: the guard's script, the command's file, its arguments.</summary>
    public const string Start = """
        exec 3<&0 </dev/null
        guard=$1
        shift
        (exec /usr/bin/env -i /bin/sh -c "$guard" signalbox-guard $$ <&3 3<&- >/dev/null 2>&1) &
        exec 3<&-
        unset guard
        exec "$@"
        """;

    /// <summary>Argument: the process group.</summary>
    public const string Guard = """
        trap '' HUP INT QUIT TERM USR1 USR2 ALRM TSTP TTIN TTOU
        read -r nothing
        kill -KILL "-$1"
        """;

    /// <summary>Where <c>setsid</c> is; null where commands cannot have a session of their own.</summary>
    public static string? SetSidFile { get; } = OperatingSystem.IsLinux() ? Array.Find(SetSid, File.Exists) : null;
}
