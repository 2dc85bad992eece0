using System.CommandLine;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>The commands of <c>signalbox job</c> that only look.</summary>
internal static class JobReadCommands
{
    public static Command List()
    {
        var client = new ClientOptions();
        var command = new Command("list", "List the jobs of the tenant by name.");
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).ListAsync(cancellationToken);
        });
        return command;
    }

    public static Command Show()
    {
        var client = new ClientOptions();
        var name = JobCommand.Name();
        var command = new Command("show", "Show one job.") { name };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).ShowAsync(parsed.GetValue(name)!, cancellationToken);
        });
        return command;
    }

    public static Command History()
    {
        var client = new ClientOptions();
        var name = new Argument<string?>("JOB") { Description = "The job's name or id (default: all jobs).", Arity = ArgumentArity.ZeroOrOne };
        var state = new Option<string?>("--state") { Description = "Only executions in a state, such as failed; several separated by commas.", HelpName = "STATE" };
        var limit = new Option<int>("--limit") { Description = "How many, the newest first (default: 20).", HelpName = "N", DefaultValueFactory = static _ => 20 };
        var command = new Command("history", "List executions, newest first.") { name, state, limit };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await JobCommand.ShellOf(api, client, parsed).HistoryAsync(parsed.GetValue(name), parsed.GetValue(state), parsed.GetValue(limit), cancellationToken);
        });
        return command;
    }

    public static Command Preview(TimeProvider clock)
    {
        var client = new ClientOptions();
        var name = new Argument<string?>("JOB") { Description = "The job's name or id; without it, give a schedule, for which no server is needed.", Arity = ArgumentArity.ZeroOrOne };
        var count = new Option<int>("--count") { Description = "How many fires (default: 10).", HelpName = "N", DefaultValueFactory = static _ => 10 };
        var from = new Option<DateTimeOffset?>("--from") { Description = "After this instant (default: now).", HelpName = "TIME" };
        var schedule = new PreviewOptions();
        var command = new Command("preview", "Show when a job or a schedule fires next, with what changes of the clocks do to it.") { name, count, from };
        schedule.AddTo(command);
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(name) is { } job)
            {
                using var api = client.Connect(parsed);
                await JobCommand.ShellOf(api, client, parsed).PreviewAsync(job, parsed.GetValue(count), cancellationToken);
                return;
            }

            var preview = TaskPreviewing.Of(schedule.Read(parsed), parsed.GetValue(from) ?? clock.GetUtcNow(), Math.Clamp(parsed.GetValue(count), 1, 1000));
            await JobShell.PreviewAsync(Console.Out, client.Output(parsed), preview);
        });
        return command;
    }
}
