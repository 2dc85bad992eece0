using System.CommandLine;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>The commands of <c>signalbox job</c> that concern the files of the server's jobs folder.</summary>
internal static class JobFileCommands
{
    public static Command Plan()
    {
        var client = new ClientOptions();
        var command = new Command("plan", "Show what the server's jobs folder would change, member by member; exit code 1 when a file does not hold.");
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            return await new FilesShell(new JobClient(api), Console.Out, Console.Error, client.Output(parsed)).RunAsync("plan", cancellationToken);
        });
        return command;
    }

    public static Command Apply()
    {
        var client = new ClientOptions();
        var command = new Command("apply", "Apply the server's jobs folder now; exit code 1 when a file does not hold.");
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            return await new FilesShell(new JobClient(api), Console.Out, Console.Error, client.Output(parsed)).RunAsync("apply", cancellationToken);
        });
        return command;
    }
}
