using System.CommandLine;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary><c>signalbox job</c>: shows, runs and changes the jobs of a running server.</summary>
internal static class JobCommand
{
    public static Command Create(TimeProvider clock) => new("job", "Show, run and change the jobs of a running server.")
    {
        JobReadCommands.List(),
        JobReadCommands.Show(),
        JobReadCommands.History(),
        JobReadCommands.Preview(clock),
        JobRunCommands.Run(clock),
        JobRunCommands.Logs(clock),
        JobRunCommands.Cancel(),
        JobChangeCommands.Create(),
        JobChangeCommands.Delete(),
        JobChangeCommands.Switch(enabled: true),
        JobChangeCommands.Switch(enabled: false),
        JobFileCommands.Plan(),
        JobFileCommands.Apply(),
    };

    public static Argument<string> Name() => new("JOB") { Description = "The job's name or id." };

    public static JobShell ShellOf(ApiClient api, ClientOptions client, ParseResult parsed) => new(new JobClient(api), Console.Out, client.Output(parsed));
}
