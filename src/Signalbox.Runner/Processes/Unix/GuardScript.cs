using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>The few lines of shell that wait for the runner's end and then end what it leaves.</summary>
internal static class GuardScript
{
    public const string Shell = "/bin/sh";

    /// <summary>Arguments: the run's mark, and those of <see cref="PlacesOf"/>. Input: a line with the process group, once there is one; its end is the runner's.</summary>
    /// <remarks>
    /// It looks again until two looks have found nobody, because a process that was just being started shows the mark only once it runs its own program.
    /// Not every grep knows -z; one that does not is told so by its answer to a file without a match.
    /// </remarks>
    public const string Text = """
        trap '' HUP INT QUIT TERM USR1 USR2 ALRM PIPE TSTP TTIN TTOU
        mark=CICD_RUNNER_RUN=$1
        group=
        while read -r line; do group=$line; done
        marked() {
            if [ "$whole" -eq 1 ]; then
                grep -lsxzF "$mark" /proc/[0-9]*/environ
            else
                for one in /proc/[0-9]*/environ; do
                    tr '\0' '\n' 2>/dev/null <"$one" | grep -qxF "$mark" && echo "$one"
                done
            fi
        }
        grep -xzF "$mark" /dev/null
        whole=$?
        look=0
        quiet=0
        while [ "$look" -lt 50 ] && [ "$quiet" -lt 2 ]; do
            if [ -n "$2" ]; then echo 1 >"$2/cgroup.kill"; fi
            if [ -n "$group" ]; then kill -KILL "-$group"; fi
            quiet=$((quiet + 1))
            for file in $(marked); do
                quiet=0
                file=${file%/environ}
                kill -KILL "${file#/proc/}"
            done
            look=$((look + 1))
            sleep 0.1 || sleep 1
        done
        while [ -d "$2" ] && [ "$look" -lt 100 ]; do
            find "$2" -depth -type d -exec rmdir {} ';'
            look=$((look + 1))
            [ -d "$2" ] && { sleep 0.1 || sleep 1; }
        done
        if [ -n "$3" ] && [ ! -d "$2" ]; then
            others=
            for folder in "$3"/*/; do
                case $folder in "$2.self/" | "$3/*/") ;; *) others=1 ;; esac
            done
            if [ -z "$others" ]; then
                for controller in $4; do echo "-$controller" >"$3/cgroup.subtree_control"; done
                if [ -d "$2.self" ]; then echo 0 >"$3/cgroup.procs"; fi
                [ -d "$2.self" ] && rmdir "$2.self"
            fi
        fi
        """;

    /// <summary>The folder of the command's cgroup, that of the one around it, and the controllers that were handed down from there; empty words without.</summary>
    public static string[] PlacesOf(CgroupMaker? cgroup) =>
        cgroup is null ? [string.Empty, string.Empty, string.Empty] : [cgroup.Child.Folder, cgroup.Own, string.Join(' ', cgroup.HandedDown)];
}
