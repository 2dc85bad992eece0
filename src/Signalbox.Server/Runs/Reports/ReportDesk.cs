using System.Security.Cryptography;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Runs.Costs;
using Signalbox.Server.Runs.Files;
using Signalbox.Server.Runs.Keeping;

namespace Signalbox.Server.Runs.Reports;

/// <summary>Takes reports of runs: the same one again changes nothing, and a later revision takes the place of an earlier one.</summary>
internal sealed class ReportDesk(ControlDatabase database, ReportReader reader, RunsRules rules, IAuditTrail audit, LiveHub hub)
{
    /// <summary>A run that is reported twice at the same moment is there for the second one, who then looks again; so is the row that counts a tenant's runs.</summary>
    private const int MostTries = 3;

    public async Task<Outcome<TakenReport>> TakeAsync(RunCaller caller, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var outcome = reader.Read(body);
        if (outcome is not Outcome<ReadReport>.Done { Value: var read })
        {
            return ((Outcome<ReadReport>.Refused)outcome).Refusal;
        }

        if (rules.CheckSizes(read) is { } refusal)
        {
            return refusal;
        }

        var content = ContentRow.Cut(read.Content, 0);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return rules.Count(await database.WriteAsync(session => TakeAsync(session, caller, read, content), cancellationToken));
            }
            catch (Exception exception) when (attempt < MostTries && database.Dialect.IsUniqueViolation(exception))
            {
                // Reported by two at once: now it is there.
            }
        }
    }

    private async Task<Outcome<TakenReport>> TakeAsync(ControlSession session, RunCaller caller, ReadReport read, IReadOnlyList<ContentRow> content)
    {
        var (id, revision) = (read.Report.Id, read.Report.Revision);
        var head = await RunStore.LockAsync(session, caller.Tenant, id);
        if (head?.Revision == revision && CryptographicOperations.FixedTimeEquals(head.Digest, read.Digest))
        {
            return new TakenReport(id, revision, TakenAs.Repeated, await ListMissingAsync(session, head.RunKey));
        }

        if (head?.Revision >= revision)
        {
            return head.Revision == revision ? RunsRefusals.SameRevision(revision) : RunsRefusals.OldRevision(head.Revision);
        }

        if (!await SpaceStore.TakeAsync(session, caller.Tenant, head is null ? 1 : 0, RunRow.SizeOf(read) - (head?.SizeBytes ?? 0), rules.Options.Quota))
        {
            return RunsRefusals.QuotaUsed(rules.Options.Quota);
        }

        var row = RunRow.Of(read, caller.Tenant, head?.RunKey ?? rules.NewId(), rules.NewId(), await session.ValueAsync<long>($"SELECT {session.Dialect.NowMs}"));
        await ContentStore.InsertAsync(session, row.ReportId, content);
        if (head is null)
        {
            await RunStore.InsertAsync(session, row);
        }
        else
        {
            await RunStore.UpdateAsync(session, row);
            await ContentStore.ForgetAsync(session, head.ReportId);
        }

        await UsageStore.ReplaceAsync(session, row, read.Report.Usage);
        await AnnounceAsync(session, row.RunKey, read.Report.Files);
        await audit.RecordAsync(session, caller.Event(RunsVocabulary.RunReport, id).With("revision", revision).With("outcome", row.Outcome).With("repository", row.Repository));
        session.OnCommitted(hub.Poke);
        return new TakenReport(id, revision, head is null ? TakenAs.Created : TakenAs.Replaced, await ListMissingAsync(session, row.RunKey));
    }

    /// <summary>Files that are the same as before keep what has arrived of them.</summary>
    private async Task AnnounceAsync(ControlSession session, string runKey, IReadOnlyList<RunAnnouncedFile> files)
    {
        var before = (await FileStore.ListAsync(session, runKey)).ToDictionary(static file => file.Name, StringComparer.Ordinal);
        foreach (var file in files)
        {
            var hash = Convert.FromHexString(file.Sha256);
            if (before.Remove(file.Name, out var known) && known.SizeBytes == file.Size && known.Sha256.AsSpan().SequenceEqual(hash))
            {
                continue;
            }

            if (known is not null)
            {
                await DropAsync(session, known);
            }

            await FileStore.InsertAsync(session, new FileRow
            {
                RunKey = runKey,
                Name = file.Name,
                ContentId = rules.NewId(),
                SizeBytes = file.Size,
                Sha256 = hash,
                ReceivedBytes = 0,
                Complete = file.Size == 0,
            });
        }

        foreach (var gone in before.Values)
        {
            await DropAsync(session, gone);
        }
    }

    private static async Task DropAsync(ControlSession session, FileRow file)
    {
        await FileStore.DeleteAsync(session, file);
        await ContentStore.ForgetAsync(session, file.ContentId);
    }

    private static async Task<IReadOnlyList<RunFile>> ListMissingAsync(ControlSession session, string runKey) =>
        [.. (await FileStore.ListAsync(session, runKey)).Where(static file => !file.Complete).Select(static file => file.ToWire())];
}

/// <summary>What became of a report.</summary>
/// <param name="Missing">The files that the server still wants.</param>
internal sealed record TakenReport(string Id, int Revision, TakenAs As, IReadOnlyList<RunFile> Missing);

/// <summary>How a report was taken.</summary>
internal enum TakenAs
{
    Created,
    Replaced,
    Repeated,
}
