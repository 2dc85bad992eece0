using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit show</c>: shows one record with everything that is kept of it.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var client = new ClientOptions();
        var id = new Argument<string>("ID") { Description = "The record's id or its sequence." };
        var command = new Command("show", "Show one record of the audit log.") { id };
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            var entry = await api.SendAsync(HttpMethod.Get, $"api/v1/audit/events/{Uri.EscapeDataString(parsed.GetValue(id)!)}", content: null, AuditJson.Default.AuditEntryDetail, cancellationToken);
            var text = JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntryDetail);
            if (client.Output(parsed) == "json")
            {
                await Console.Out.WriteLineAsync(text);
                return;
            }

            await Console.Out.WriteLineAsync(PlainText.Of(entry.Message));
            foreach (var (name, value) in JsonNode.Parse(text)!.AsObject())
            {
                if (name == "diff" && value is JsonArray steps)
                {
                    foreach (var line in DiffText.Of([.. steps.Select(JsonOperation.Read)]))
                    {
                        await Console.Out.WriteLineAsync($"changed: {PlainText.Of(line)}");
                    }
                }
                else if (value is not null && name != "message")
                {
                    await Console.Out.WriteLineAsync($"{name}: {PlainText.Of(value is JsonValue ? value.ToString() : value.ToJsonString())}");
                }
            }
        });
        return command;
    }
}
