using System.Globalization;
using System.Security.Cryptography;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Files;

/// <summary>Takes the files of runs, part by part and in order; parts that are here already are taken again when they are the same.</summary>
internal sealed class FileDesk(ControlDatabase database, ContentReader contents, RunsRules rules, LiveHub hub)
{
    /// <summary>A part that is not the last holds at least so many new bytes, so that a file has no more rows than it needs.</summary>
    public const int LeastPart = 64 * 1024;

    /// <summary>When several send the same file at once, the slower one looks again.</summary>
    private const int MostTries = 5;

    /// <returns>Null when the tenant has no such run, or the run no such file.</returns>
    public Task<FileRow?> FindAsync(string tenant, string id, string name, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await RunStore.FindAsync(session, tenant, id) is { } run ? await FileStore.FindAsync(session, run.RunKey, name) : null, cancellationToken);

    public async Task<Outcome<RunFile>> PutAsync(FileRow file, FilePart part, CancellationToken cancellationToken)
    {
        if (part.Total != file.SizeBytes || part.End > file.SizeBytes)
        {
            return Refused(Refusal.Conflict("file_size_differs", string.Create(CultureInfo.InvariantCulture, $"The report announces this file with {file.SizeBytes} bytes.")));
        }

        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await TryPutAsync(file, part, cancellationToken) is { } outcome)
            {
                return outcome is Outcome<RunFile>.Refused { Refusal: var refusal } ? Refused(refusal) : outcome;
            }

            if (await database.ReadAsync(session => FileStore.FindAsync(session, file.RunKey, file.Name), cancellationToken) is not { } now)
            {
                return RunsRefusals.FileNotFound;
            }

            file = now;
        }

        return new Refusal(StatusCodes.Status503ServiceUnavailable, "file_busy", "Busy", "Others send the same file at this moment. Try again in a moment.") { RetryAfterSeconds = 1 };
    }

    /// <returns>Null when somebody else has changed the file meanwhile.</returns>
    private async Task<Outcome<RunFile>?> TryPutAsync(FileRow file, FilePart part, CancellationToken cancellationToken)
    {
        if (part.Start > file.ReceivedBytes)
        {
            return RunsRefusals.NotNext(file.ReceivedBytes);
        }

        var known = (int)Math.Min(part.Bytes.Length, file.ReceivedBytes - part.Start);
        if (known > 0 && !await contents.HoldsAsync(file.ContentId, part.Start, part.Bytes[..known], cancellationToken))
        {
            return RunsRefusals.Differs(file.ReceivedBytes);
        }

        var fresh = part.Bytes[known..];
        if (fresh.Length == 0)
        {
            return await FinishAsync(file, cancellationToken);
        }

        if (fresh.Length < LeastPart && part.End < file.SizeBytes)
        {
            return Refusal.Invalid("Content-Range", string.Create(CultureInfo.InvariantCulture, $"A part that is not the last one must hold at least {LeastPart} bytes that are new."));
        }

        var rows = ContentRow.Cut(fresh.Span, file.ReceivedBytes);
        var hasGrown = await database.WriteAsync(
            async session =>
            {
                if (!await FileStore.GrowAsync(session, file, part.End))
                {
                    return false;
                }

                await ContentStore.InsertAsync(session, file.ContentId, rows);
                return true;
            },
            cancellationToken);
        if (!hasGrown)
        {
            return null;
        }

        rules.Metrics.Received(fresh.Length);
        return await FinishAsync(file with { ReceivedBytes = part.End }, cancellationToken);
    }

    /// <summary>Checks the hash of a file whose last byte has arrived.</summary>
    private async Task<Outcome<RunFile>?> FinishAsync(FileRow file, CancellationToken cancellationToken)
    {
        if (file.Complete || file.ReceivedBytes < file.SizeBytes)
        {
            return file.ToWire();
        }

        var hash = await contents.HashAsync(file.ContentId, file.SizeBytes, cancellationToken);
        if (CryptographicOperations.FixedTimeEquals(hash, file.Sha256))
        {
            var isDone = await database.WriteAsync(session => FileStore.CompleteAsync(session, file), cancellationToken);
            hub.Poke();
            return isDone ? (Outcome<RunFile>)(file with { Complete = true }).ToWire() : null;
        }

        await database.WriteAsync(
            async session =>
            {
                if (await FileStore.RestartAsync(session, file, rules.NewId()))
                {
                    await ContentStore.ForgetAsync(session, file.ContentId);
                }
            },
            cancellationToken);
        return RunsRefusals.DigestDiffers;
    }

    private Refusal Refused(Refusal refusal)
    {
        rules.Metrics.Refused(refusal.Code);
        return refusal;
    }
}
