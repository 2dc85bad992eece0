using System.ComponentModel;
using System.Diagnostics;

namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>The few lines of shell between <c>setsid</c> and a command, which see to it that nothing of the command outlives the server.</summary>
/// <remarks>
/// Standard input is a pipe whose other end the server holds. A guard, in the command's process group, waits for the end of that pipe: it comes when the
/// server closes it, or dies in whatever way, and then the guard kills what left the group but still carries the run's mark, and the whole group, itself included. Where a lease bounds the run, the server
/// writes after each renewal how many seconds are left, and the guard kills the group when they pass without another line: a server that is
/// stopped or starved cannot keep a command at work that another server may already have replaced. The guard keeps neither output open, has no mark,
/// and ignores the signals that ask a group to end, as it has to outlive the grace. The shell itself becomes the command, so that the command is the
/// group's leader and its exit is seen at once.
/// </remarks>
internal static class CommandScript
{
    private const string Bash = "/bin/bash";
    private const string Env = "/usr/bin/env";

    private static readonly string[] SetSid = ["/usr/bin/setsid", "/bin/setsid"];

    /// <summary>Arguments: the guard's shell, its script, the seconds of the lease or nothing, the command's file, its arguments.</summary>
    /// <remarks>The substitution ends only once the guard ignores signals and is on its way, so a command cannot take its guard by surprise.</remarks>
    public const string Start = """
        exec 3<&0 </dev/null
        shell=$1
        guard=$2
        left=$3
        shift 3
        : "$(trap '' HUP INT QUIT TERM USR1 USR2 ALRM PIPE TSTP TTIN TTOU
            exec /usr/bin/env -i PATH=/usr/bin:/bin "$shell" -c "$guard" signalbox-guard $$ "$left" "$SIGNALBOX_RUN" <&3 3<&- >/dev/null 2>&1 &)"
        exec 3<&-
        unset shell guard left
        exec "$@"
        """;

    /// <summary>Arguments: the process group, the seconds of the lease or nothing, the run's mark. Two looks, as what is found may have started something else meanwhile.</summary>
    public const string Guard = """
        left=$2
        while read -r ${left:+-t "$left"} next; do left=${left:+$next}; done
        for look in 1 2; do
            for file in $(grep -lsxz "SIGNALBOX_RUN=$3" /proc/[0-9]*/environ); do
                file=${file%/environ}
                kill -KILL "${file#/proc/}"
            done
        done
        kill -KILL "-$1"
        """;

    /// <summary>The shell of the guard. Only bash reads with a time limit; with another one a command ends with its server, but not with its lease.</summary>
    public static string GuardShell { get; } = File.Exists(Bash) ? Bash : "/bin/sh";

    public static bool GuardKeepsLeases => GuardShell == Bash;

    /// <summary>Whether commands can have a session of their own.</summary>
    public static bool HasSessions => Launcher.Length > 0;

    /// <summary>
    /// What the script is started with: <c>setsid</c>, and, where <c>env</c> can do it, what gives SIGPIPE its usual meaning back, which .NET takes from its
    /// children; without that, a pipe such as <c>yes | head</c> would end with an error. Empty where commands cannot have a session of their own.
    /// </summary>
    public static string[] Launcher { get; } = FindLauncher();

    private static string[] FindLauncher()
    {
        if (!OperatingSystem.IsLinux() || Array.Find(SetSid, File.Exists) is not { } setsid)
        {
            return [];
        }

        string[] plain = [Env, "--default-signal=PIPE"];
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(Env, [.. plain[1..], "/bin/sh", "-c", ":"]) { UseShellExecute = false, RedirectStandardError = true })!;
            trial.WaitForExit();
            return trial.ExitCode == 0 ? [setsid, .. plain] : [setsid];
        }
        catch (Win32Exception)
        {
            return [setsid];
        }
    }
}
