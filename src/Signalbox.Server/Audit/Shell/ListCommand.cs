using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit list</c>: lists records, the newest first.</summary>
internal static class ListCommand
{
    private const int Page = 200;

    /// <summary>Flags and the parameters of the API that they set.</summary>
    private static readonly (string Flag, string Parameter, string Help)[] Filters =
    [
        ("--actor", "actor", "Only what somebody did: name or id, exactly."),
        ("--action", "action", "Only an action, such as token.create."),
        ("--resource-type", "resourceType", "Only what was done to a kind of thing."),
        ("--resource-id", "resourceId", "Only what was done to one thing."),
        ("--outcome", "outcome", "succeeded, failed or denied."),
        ("--address", "address", "Only what came from an address."),
        ("--trace", "trace", "Only what belongs to a trace."),
        ("--source", "source", "Only what came by one way, such as api, console or system."),
    ];

    public static Command Create()
    {
        var client = new ClientOptions();
        var filters = Filters.Select(static filter => (Option: new Option<string[]>(filter.Flag) { Description = filter.Help, HelpName = "TEXT" }, filter.Parameter)).ToList();
        var text = new Option<string?>("--text") { Description = "Only records with these words.", HelpName = "WORDS" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Only records from this instant on.", HelpName = "TIME" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Only records before this instant.", HelpName = "TIME" };
        var limit = new Option<int>("--limit") { Description = "How many at most (default: 50).", HelpName = "N", DefaultValueFactory = static _ => 50 };
        var command = new Command("list", "List the records of the audit log, the newest first.") { text, from, to, limit };
        filters.ForEach(filter => command.Options.Add(filter.Option));
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = string.Concat(filters.SelectMany(filter => (parsed.GetValue(filter.Option) ?? []).Select(value => Parameter(filter.Parameter, value))))
                + Parameter("text", parsed.GetValue(text)) + Parameter("from", Instant(parsed.GetValue(from))) + Parameter("to", Instant(parsed.GetValue(to)));
            using var api = client.Connect(parsed);
            await RunAsync(api, query, parsed.GetValue(limit), client.Output(parsed) == "json", cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(ApiClient api, string query, int limit, bool json, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        string? after = null;
        do
        {
            var page = await api.SendAsync(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"api/v1/audit/events?limit={Math.Min(Page, limit - entries.Count)}{query}{Parameter("after", after)}"),
                content: null,
                AuditJson.Default.AuditEntryList,
                cancellationToken);
            entries.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null && entries.Count < limit);
        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new AuditEntryList(entries, after), AuditJson.Default.AuditEntryList));
            return;
        }

        TextTable.Write(
            Console.Out,
            ["SEQUENCE", "TIME", "ACTOR", "ACTION", "RESOURCE", "OUTCOME"],
            [.. entries.Select(static entry => (IReadOnlyList<string>)
                [
                    entry.Sequence.ToString(CultureInfo.InvariantCulture),
                    Instant(entry.Time)!,
                    entry.Actor.Name.Length > 0 ? entry.Actor.Name : entry.Actor.Id,
                    entry.Action,
                    $"{entry.Resource.Type} {(entry.Resource.Name.Length > 0 ? entry.Resource.Name : entry.Resource.Id)}",
                    entry.Outcome,
                ])]);
    }

    private static string Parameter(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";

    private static string? Instant(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
