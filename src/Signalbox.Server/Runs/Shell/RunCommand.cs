using System.CommandLine;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Runs.Shell;

/// <summary><c>signalbox run</c>: shows the runs that cicd-runner has reported to a running server.</summary>
internal static class RunCommand
{
    public static Command Create() => new("run", "Show what agents and commands did under cicd-runner, and what it cost.") { List(), Show(), Costs() };

    private static Command List()
    {
        var client = new ClientOptions();
        (string Key, Option<string?> Option)[] filters =
        [
            Filter("repository", "NAME", "Only runs of a repository, such as acme/site."),
            Filter("actor", "ID", "Only runs that somebody set off."),
            Filter("agent", "NAME", "Only runs of an agent, such as claude-code."),
            Filter("branch", "NAME", "Only runs of a branch."),
            Filter("outcome", "OUTCOME", "Only runs that ended so, such as failed; several separated by commas."),
            Filter("q", "TEXT", "Only runs with this in their id, command or pull request (#42)."),
            Filter("from", "TIME", "Only runs that started at or after."),
            Filter("to", "TIME", "Only runs that started before."),
            Filter("risk_min", "SCORE", "Only runs of at least this risk, from 0 to 100.", "--risk-min"),
            Filter("sort", "ORDER", "startedAt, risk, cost, tokens or duration, the newest or highest first (default: startedAt)."),
        ];
        var limit = new Option<int>("--limit") { Description = "How many (default: 20).", HelpName = "N", DefaultValueFactory = static _ => 20 };
        var command = new Command("list", "List runs, the newest first.") { limit };
        foreach (var (_, option) in filters)
        {
            command.Options.Add(option);
        }

        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            var asked = filters.Select(filter => (filter.Key, Value: parsed.GetValue(filter.Option))).Where(static filter => filter.Value is not null).Select(static filter => (filter.Key, filter.Value!)).ToList();
            await new RunShell(api, Console.Out, client.Output(parsed)).ListAsync(asked, parsed.GetValue(limit), cancellationToken);
        });
        return command;
    }

    private static Command Show()
    {
        var client = new ClientOptions();
        var id = new Argument<string>("RUN") { Description = "The run's id." };
        var command = new Command("show", "Show one run: how it ended, what it changed and was denied, what it cost.") { id };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            await new RunShell(api, Console.Out, client.Output(parsed)).ShowAsync(parsed.GetValue(id)!, cancellationToken);
        });
        return command;
    }

    private static Command Costs()
    {
        var client = new ClientOptions();
        var by = new Option<string>("--by") { Description = "repository, model, week (ISO, in UTC) or actor (default: repository).", HelpName = "GROUP", DefaultValueFactory = static _ => "repository" };
        by.AcceptOnlyFromAmong("repository", "model", "week", "actor");
        (string Key, Option<string?> Option)[] filters =
        [
            Filter("from", "TIME", "Only runs that started at or after."), Filter("to", "TIME", "Only runs that started before."), Filter("repository", "NAME", "Only runs of a repository."),
            Filter("model", "NAME", "Only what a model used."), Filter("actor", "ID", "Only runs that somebody set off."),
        ];
        var command = new Command("costs", "Add up what runs used and cost.") { by };
        foreach (var (_, option) in filters)
        {
            command.Options.Add(option);
        }

        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            var asked = filters.Select(filter => (filter.Key, Value: parsed.GetValue(filter.Option))).Where(static filter => filter.Value is not null).Select(static filter => (filter.Key, filter.Value!)).ToList();
            await new RunShell(api, Console.Out, client.Output(parsed)).CostsAsync(parsed.GetValue(by)!, asked, cancellationToken);
        });
        return command;
    }

    private static (string Key, Option<string?> Option) Filter(string key, string helpName, string description, string? flag = null) =>
        (key, new Option<string?>(flag ?? "--" + key) { Description = description, HelpName = helpName });
}
