namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>Chooses the variables that a command sees: the usual ones and those that were allowed by name, never the server's secrets.</summary>
/// <param name="server">The server's own environment.</param>
internal sealed class CommandEnvironment(IReadOnlyDictionary<string, string> server, RunningOptions options)
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] Usual = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL"];

    /// <summary>Programs for Windows do not start without these.</summary>
    private static readonly string[] UsualOnWindows = ["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles"];

    public Dictionary<string, string> For(CommandWork work, RunScope scope)
    {
        var request = scope.Request;
        var comparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var result = new Dictionary<string, string>(comparer);
        if (!OperatingSystem.IsWindows())
        {
            result["PATH"] = DefaultPath;
        }

        foreach (var (name, value) in server.Where(variable => IsAllowed(variable.Key, comparer)))
        {
            result[name] = value;
        }

        foreach (var (name, value) in work.Environment)
        {
            result[name] = value;
        }

        result["TRACEPARENT"] = scope.TraceParent;
        result[CommandMark.Variable] = CommandMark.Of(request);
        result["SIGNALBOX_EXECUTION_ID"] = request.ExecutionId;
        result["SIGNALBOX_JOB_ID"] = request.JobId;
        result["SIGNALBOX_JOB_NAME"] = request.JobName;
        result["SIGNALBOX_ATTEMPT"] = scope.AttemptText;
        result["SIGNALBOX_FENCE"] = scope.FenceText;
        result["SIGNALBOX_NOMINAL_TIME"] = scope.NominalTime;
        return result;
    }

    private bool IsAllowed(string name, StringComparer comparer) =>
        Usual.Contains(name, comparer)
        || name.StartsWith("LC_", StringComparison.Ordinal)
        || options.CommandEnvironment.Contains(name, comparer)
        || (OperatingSystem.IsWindows() && UsualOnWindows.Contains(name, comparer));
}
