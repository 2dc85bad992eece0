using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Files;

/// <summary>Shows which files a run has, and hands them out.</summary>
internal sealed class FileQuery(ControlDatabase database, ContentReader contents)
{
    public async Task<Outcome<RunFileList>> ListAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var files = await database.ReadAsync(
            async session => await RunStore.FindAsync(session, tenant, id) is { } run ? await FileStore.ListAsync(session, run.RunKey) : null, cancellationToken);
        return files is null ? RunsRefusals.RunNotFound : new RunFileList([.. files.Select(static file => file.ToWire())]);
    }

    /// <summary>Finds a file that is here as a whole.</summary>
    public async Task<Outcome<FileRow>> FindAsync(string tenant, string id, string name, CancellationToken cancellationToken) => await database.ReadAsync<Outcome<FileRow>>(
        async session =>
        {
            if (await RunStore.FindAsync(session, tenant, id) is not { } run)
            {
                return RunsRefusals.RunNotFound;
            }

            return await FileStore.FindAsync(session, run.RunKey, name) switch
            {
                null => RunsRefusals.FileNotFound,
                { Complete: false } => Refusal.NotFound("run_file_incomplete", "This file has not arrived as a whole yet."),
                var file => file,
            };
        },
        cancellationToken);

    /// <exception cref="InvalidOperationException">The run was deleted while it was read.</exception>
    public async Task CopyAsync(FileRow file, FileSpan span, Stream to, CancellationToken cancellationToken)
    {
        var end = await contents.ReadAsync(
            file.ContentId,
            span.Start,
            async (bytes, start) =>
            {
                await to.WriteAsync(bytes[..(int)Math.Min(bytes.Length, span.End - start)], cancellationToken);
                return start + bytes.Length < span.End;
            },
            cancellationToken);
        if (end < span.End)
        {
            throw new InvalidOperationException($"The run of the file {file.Name} was deleted while it was read.");
        }
    }
}
