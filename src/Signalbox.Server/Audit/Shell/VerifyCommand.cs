using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Shell;

/// <summary><c>signalbox audit verify</c>: proves a log, or names the first event that is wrong.</summary>
internal static class VerifyCommand
{
    private const int Wrong = 1;

    public static Command Create(TimeProvider clock, Func<string?, string?, AuditPlace> places)
    {
        var access = new AuditAccess(places);
        var archive = new Argument<string?>("ARCHIVE") { Description = "An archive that 'signalbox audit export' wrote; without it, the log of a server, or of --data or --config.", Arity = ArgumentArity.ZeroOrOne };
        var full = new Option<bool>("--full") { Description = "Verify everything, also what --state says was verified before." };
        var state = new Option<string?>("--state") { Description = "File that remembers what was verified: the next time only what came since is read, and a log that became shorter or another one is noticed. Keep it away from the server.", HelpName = "FILE" };
        var keys = new Option<string[]>("--key") { Description = "A key to trust, as name+id+key ('signalbox audit key list'); without one, and without --state, the log's own are believed. May be repeated.", HelpName = "VKEY" };
        var command = new Command("verify", "Prove that no event of the log was changed, removed, put in or moved; exit code 1, and the first wrong sequence, when one was.") { archive, full, state, keys };
        access.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var trusted = ReadKeys(parsed.GetValue(keys) ?? []);
            var file = parsed.GetValue(state);
            var before = file is null ? null : await VerificationState.ReadAsync(file, cancellationToken);
            await using var source = Open(access, parsed, parsed.GetValue(archive), clock);
            using var progress = new ProgressLine(clock);
            var (report, after) = await new LogVerifier(source, trusted, parsed.GetValue(full)).RunAsync(before, progress, cancellationToken);
            progress.Dispose();
            if (file is not null && after is not null)
            {
                await after.WriteAsync(file, cancellationToken);
            }

            Write(Console.Out, report, access.Client.Output(parsed) == "json");
            return report.Ok ? 0 : Wrong;
        });
        return command;
    }

    /// <summary>Says to people what was found.</summary>
    internal static void Write(TextWriter output, VerificationReport report, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, VerificationJson.Default.VerificationReport));
            return;
        }

        foreach (var fault in report.Faults)
        {
            output.WriteLine(fault.Message);
        }

        if (!report.Ok)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"WRONG from sequence {report.FirstBad}: {report.FaultCount} fault{(report.FaultCount == 1 ? string.Empty : "s")} in the log {report.Origin} of {report.Size} events."));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Right: the log {report.Origin} has {report.Size} events with the root {report.RootHash}."));
        output.WriteLine(report.CompleteFrom == 0
            ? "It is complete from its first event on."
            : string.Create(CultureInfo.InvariantCulture, $"It is complete from sequence {report.CompleteFrom} on; of the events before, the hashes are kept."));
        if (report.Since is { } since)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Events before {since} were verified earlier, and are still under the same root."));
        }

        foreach (var key in report.Keys)
        {
            output.WriteLine($"Signed by {key}{(report.KeysOnFirstUse ? " (taken from the log itself; keep it, and give it with --key or --state next time)" : string.Empty)}");
        }
    }

    private static ILogSource Open(AuditAccess access, ParseResult parsed, string? archive, TimeProvider clock) =>
        archive is not null ? ArchiveSource.Open(archive)
        : access.Place(parsed) is { } place ? place.Open(AuditAccess.Tenant(parsed), clock)
        : new ServerLogSource(access.Client.Connect(parsed));

    private static VerifierKey[] ReadKeys(string[] texts)
    {
        try
        {
            return [.. texts.Select(VerifierKey.Parse)];
        }
        catch (NoteFormatException exception)
        {
            throw new StartupException(exception.Message, exception);
        }
    }
}
