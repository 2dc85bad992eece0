using System.CommandLine;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>The commands of <c>signalbox job</c> that change jobs.</summary>
internal static class JobChangeCommands
{
    public static Command Create()
    {
        var client = new ClientOptions();
        var file = new Argument<string>("FILE") { Description = "JSON with the members of a job, such as name, schedule and command; - for the input." };
        var command = new Command("create", "Create a job.") { file };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var json = await ReadAsync(parsed.GetValue(file)!, cancellationToken);
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).CreateAsync(json, cancellationToken);
        });
        return command;
    }

    public static Command Delete()
    {
        var client = new ClientOptions();
        var name = JobCommand.Name();
        var command = new Command("delete", "Delete a job; what waits is cancelled, what runs is asked to end, its history stays until its time.") { name };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).DeleteAsync(parsed.GetValue(name)!, cancellationToken);
        });
        return command;
    }

    public static Command Switch(bool enabled)
    {
        var client = new ClientOptions();
        var name = JobCommand.Name();
        var command = enabled ? new Command("enable", "Let a job fire again.") { name } : new Command("disable", "Let a job fire no more; it can still be run by hand.") { name };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).SwitchAsync(parsed.GetValue(name)!, enabled, cancellationToken);
        });
        return command;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return file == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The file cannot be read: {exception.Message}", exception);
        }
    }
}
