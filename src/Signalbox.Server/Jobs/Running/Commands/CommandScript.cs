namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>The few lines of shell between <c>setsid</c> and a command, which see to it that nothing of the command outlives the server.</summary>
/// <remarks>
/// Standard input is a pipe whose other end the server holds. A guard, in the command's process group, waits for the end of that pipe: it comes when the
/// server closes it, or dies in whatever way, and then the guard kills the whole group, itself included. Where a lease bounds the run, the server
/// writes after each renewal how many seconds are left, and the guard kills the group when they pass without another line: a server that is
/// stopped or starved cannot keep a command at work that another server may already have replaced. The guard keeps neither output open, and
/// ignores the signals that ask a group to end, as it has to outlive the grace. The shell itself becomes the command, so that the command is the
/// group's leader and its exit is seen at once.
/// </remarks>
internal static class CommandScript
{
    private const string Bash = "/bin/bash";

    private static readonly string[] SetSid = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Arguments: the guard's shell, its script, the seconds of the lease or nothing, the command's file, its arguments.</summary>
    public const string Start = """
        exec 3<&0 </dev/null
        shell=$1
        guard=$2
        left=$3
        shift 3
        (exec /usr/bin/env -i "$shell" -c "$guard" signalbox-guard $$ "$left" <&3 3<&- >/dev/null 2>&1) &
        exec 3<&-
        unset shell guard left
        exec "$@"
        """;

    /// <summary>Arguments: the process group, the seconds of the lease or nothing.</summary>
    public const string Guard = """
        trap '' HUP INT QUIT TERM USR1 USR2 ALRM TSTP TTIN TTOU
        left=$2
        while read -r ${left:+-t "$left"} next; do left=${left:+$next}; done
        kill -KILL "-$1"
        """;

    /// <summary>The shell of the guard. Only bash reads with a time limit; with another one a command ends with its server, but not with its lease.</summary>
    public static string GuardShell { get; } = File.Exists(Bash) ? Bash : "/bin/sh";

    public static bool GuardKeepsLeases => GuardShell == Bash;

    /// <summary>Where <c>setsid</c> is; null where commands cannot have a session of their own.</summary>
    public static string? SetSidFile { get; } = OperatingSystem.IsLinux() ? Array.Find(SetSid, File.Exists) : null;
}
