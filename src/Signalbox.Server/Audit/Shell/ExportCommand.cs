using System.CommandLine;
using System.Globalization;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit export</c>: writes the log to a file that proves itself.</summary>
internal static class ExportCommand
{
    private const string Archive = "archive";

    public static Command Create(TimeProvider clock, Func<string?, string?, AuditPlace> places)
    {
        var access = new AuditAccess(places);
        var target = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var format = new Option<string>("--format") { Description = "archive: events, hashes and the signed checkpoint, for 'signalbox audit verify FILE'; jsonl: the events alone; ocsf: the events as OCSF.", DefaultValueFactory = static _ => Archive };
        format.AcceptOnlyFromAmong(Archive, "jsonl", "ocsf");
        var from = new Option<DateTimeOffset?>("--from") { Description = "Events from this instant on; an archive takes whole tiles of 256.", HelpName = "TIME" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Events before this instant.", HelpName = "TIME" };
        var command = new Command("export", "Write the log, or a span of it, to a file that can be verified without a server.") { target, format, from, to };
        access.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(target)!;
            var place = access.Place(parsed);
            if (place is not null && parsed.GetValue(format) == "ocsf")
            {
                throw new StartupException("OCSF is written by the server: leave --data and --config out, or export an archive or jsonl.");
            }

            await WriteAsync(file, output => place is null
                ? DownloadAsync(access.Client, parsed, Query(parsed.GetValue(format)!, parsed.GetValue(from), parsed.GetValue(to)), output, cancellationToken)
                : WriteAsync(place, clock, parsed.GetValue(format)!, AuditAccess.Tenant(parsed), (parsed.GetValue(from), parsed.GetValue(to)), output, cancellationToken));
            if (!Console.IsOutputRedirected)
            {
                await Console.Out.WriteLineAsync($"Written to {file}.");
            }
        });
        return command;
    }

    /// <summary>Writes under another name until the file is whole.</summary>
    private static async Task WriteAsync(string file, Func<Stream, Task> write)
    {
        var draft = file + ".part";
        try
        {
            await using (var output = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                await write(output);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StartupException($"The log cannot be exported to {file}: {exception.Message}", exception);
        }
    }

    private static async Task WriteAsync(
        AuditPlace place, TimeProvider clock, string format, string tenant, (DateTimeOffset? From, DateTimeOffset? To) span, Stream output, CancellationToken cancellationToken)
    {
        var export = place.Export(clock, out var connections);
        await using (connections)
        {
            var plan = await export.PlanAsync(tenant, span.From, span.To, cancellationToken) ?? throw new StartupException($"The tenant '{tenant}' has no audit log here.");
            await (format == Archive ? export.WriteArchiveAsync(plan, output, cancellationToken) : export.WriteLinesAsync(plan, static stored => stored.Body, output, cancellationToken));
        }
    }

    private static async Task DownloadAsync(ClientOptions client, ParseResult parsed, string query, Stream output, CancellationToken cancellationToken)
    {
        using var api = client.Connect(parsed);
        using var response = await api.SendAsync(HttpMethod.Get, "api/v1/audit/export" + query, content: null, cancellationToken);
        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
        await response.Content.CopyToAsync(output, cancellationToken);
    }

    private static string Query(string format, DateTimeOffset? from, DateTimeOffset? to) =>
        $"?format={format}" + Time("from", from) + Time("to", to);

    private static string Time(string name, DateTimeOffset? time) =>
        time is { } value ? $"&{name}={Uri.EscapeDataString(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))}" : string.Empty;
}
