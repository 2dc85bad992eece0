using System.Globalization;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes.Unix;
using Signalbox.Runner.Processes.Windows;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes;

/// <summary>Starts commands.</summary>
/// <param name="clock">Gives the events their times.</param>
/// <param name="tell">Takes what happens: called from several threads, one at a time a child.</param>
internal sealed class ChildLauncher(TimeProvider clock, Action<RunnerEvent> tell)
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int NoSuchFile = 2;

    /// <summary>Starts the command of <paramref name="spec"/> with the runner's own input and error output, and its output unless that is captured.</summary>
    public ChildStart Start(ChildSpec spec)
    {
        var (file, fault) = CommandFile.Find(spec.Command[0], spec.Folder, spec.Environment.GetValueOrDefault("PATH"));
        if (file is null)
        {
            return new ChildStart.NotStarted(fault!.IsMissing ? NotFound : NotExecutable, fault.Message);
        }

        if (spec.Command.Any(static word => word.Contains('\0', StringComparison.Ordinal)))
        {
            return new ChildStart.NotStarted(NotExecutable, "An argument has the character nought in it, at which the system would cut it off.");
        }

        var marked = spec with { Environment = new Dictionary<string, string>(spec.Environment, ProcessEnvironment.Names) { [RunMark.Variable] = spec.RunId } };
        var (child, problem, error) = OperatingSystem.IsWindows() ? new WindowsLauncher(Tell).Start(file, marked) : new UnixLauncher(clock, Tell).Start(file, marked);
        if (child is null)
        {
            return new ChildStart.NotStarted(error == NoSuchFile ? NotFound : NotExecutable, $"{file} could not be started: {problem}.");
        }

        Tell(
            RunnerEventKind.Started,
            string.Create(CultureInfo.InvariantCulture, $"The command runs as process {child.Id}."),
            child.Cgroup is { } cgroup ? [("pid", child.Id.ToString(CultureInfo.InvariantCulture)), ("cgroup", cgroup.Folder)] : [("pid", child.Id.ToString(CultureInfo.InvariantCulture))]);
        return new ChildStart.Started(child);
    }

    private void Tell(RunnerEventKind kind, string text, (string Name, string Value)[] values) => tell(new RunnerEvent
    {
        At = clock.GetUtcNow(),
        Kind = kind,
        Text = text,
        Values = values.ToDictionary(static value => value.Name, static value => value.Value, StringComparer.Ordinal),
    });
}
