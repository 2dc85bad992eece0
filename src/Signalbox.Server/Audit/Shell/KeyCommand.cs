using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit key</c>: the keys that sign the log.</summary>
internal static class KeyCommand
{
    private const string Path = "api/v1/audit/keys";

    public static Command Create() => new("key", "List and replace the keys that sign the audit log.")
    {
        Keys("list", "List the keys that sign the log, and those that did.", HttpMethod.Get, Path),
        Keys("rotate", "Put a new signing key in the place of the old one. The log itself records it, so that verifiers who trust the old key follow.", HttpMethod.Post, Path + "/rotate"),
    };

    private static Command Keys(string name, string description, HttpMethod method, string path)
    {
        var client = new ClientOptions();
        var command = new Command(name, description);
        client.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = client.Connect(parsed);
            var keys = await api.SendAsync(method, path, content: null, AuditJson.Default.AuditKeyList, cancellationToken);
            if (client.Output(parsed) == "json")
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(keys, AuditJson.Default.AuditKeyList));
                return;
            }

            TextTable.Write(Console.Out, ["KEY", "CREATED", "RETIRED"], [.. keys.Items.Select(static key => (IReadOnlyList<string>)[key.VerifierKey, Day(key.CreatedAt), key.RetiredAt is { } retired ? Day(retired) : "-"])]);
        });
        return command;
    }

    private static string Day(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
