using System.CommandLine;
using System.Text.Json;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>The commands of <c>signalbox job</c> that concern executions.</summary>
internal static class JobRunCommands
{
    public static Command Run(TimeProvider clock)
    {
        var client = new ClientOptions();
        var name = JobCommand.Name();
        var wait = new Option<bool>("--wait") { Description = "Write its output and end when it ends, with exit code 0 when it succeeded and 1 otherwise." };
        var arguments = new Option<string?>("--arguments") { Description = "JSON for a handler, in place of the job's own arguments.", HelpName = "JSON" };
        var command = new Command("run", "Run a job now and print the execution's id.") { name, wait, arguments };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var json = parsed.GetValue(arguments);
            Check(json);
            using var api = client.Connect(parsed);
            return await new RunShell(new JobClient(api), Console.Out, Console.Error, clock).RunAsync(parsed.GetValue(name)!, parsed.GetValue(wait), json, client.Output(parsed), cancellationToken);
        });
        return command;
    }

    public static Command Logs(TimeProvider clock)
    {
        var client = new ClientOptions();
        var id = new Argument<string>("EXECUTION") { Description = "The execution's id, as run and history print it." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until it has ended." };
        var command = new Command("logs", "Write what an execution wrote: its output to the output, its errors to the errors.") { id, follow };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await new RunShell(new JobClient(api), Console.Out, Console.Error, clock).LogsAsync(parsed.GetValue(id)!, parsed.GetValue(follow), client.Output(parsed), cancellationToken);
        });
        return command;
    }

    public static Command Cancel()
    {
        var client = new ClientOptions();
        var id = new Argument<string>("EXECUTION") { Description = "The execution's id, as run and history print it." };
        var command = new Command("cancel", "Ask an execution to end.") { id };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).CancelAsync(parsed.GetValue(id)!, cancellationToken);
        });
        return command;
    }

    private static void Check(string? json)
    {
        try
        {
            using var _ = json is null ? null : JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new StartupException($"--arguments is not valid JSON: {exception.Message}", exception);
        }
    }
}
