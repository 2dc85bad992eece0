using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs.Costs;
using Signalbox.Server.Runs.Files;
using Signalbox.Server.Runs.Keeping;
using Signalbox.Server.Runs.Listing;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs;

/// <summary>The API of runs of cicd-runner.</summary>
internal static class RunsEndpoints
{
    /// <summary>In bytes, of a report and of one part of a file.</summary>
    public const int LongestBody = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/api/v1/runs").WithTags("Runs").WithMetadata(new BodyLimit(LongestBody));
        runs.MapGet("/", ListAsync).WithName("listRuns").WithSummary("List runs of cicd-runner, the newest first or as sort says. All filters must hold.");
        runs.MapPost("/", ReportAsync).WithName("reportRun").Accepts<RunReport>("application/json").Audited(RunsVocabulary.RunReport, RunsVocabulary.Run)
            .WithSummary("Report a run: the content of its report.json, at most 8 MiB. The same report again changes nothing, a later revision takes the place of an earlier one. The answer names the files that have not arrived yet.");
        runs.MapGet("/costs", CostsAsync).WithName("getRunCosts").WithSummary("Add up what runs used and cost, by repository, model, ISO week (UTC) or actor.");
        runs.MapGet("/{id}", FindAsync).WithName("getRun").WithSummary("Show the report of a run.").Produces<RunReport>(StatusCodes.Status200OK, "application/json");
        runs.MapDelete("/{id}", DeleteAsync).WithName("deleteRun").WithSummary("Delete a run with its files.").Audited(RunsVocabulary.RunDelete, RunsVocabulary.Run);
        runs.MapGet("/{id}/timeline", TimelineAsync).WithName("getRunTimeline")
            .WithSummary("Read the time line of a run, as far as it has arrived. A page may be short, even empty, and have a next one all the same.");
        runs.MapGet("/{id}/files", FilesAsync).WithName("listRunFiles").WithSummary("List the files of a run, and how much of each has arrived.");
        runs.MapGet("/{id}/files/{name}", FileAsync).WithName("getRunFile").WithSummary("Read a file of a run that has arrived as a whole, or a part of it (Range: bytes=FIRST-LAST).")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream").Produces<byte[]>(StatusCodes.Status206PartialContent, "application/octet-stream");
        runs.MapPut("/{id}/files/{name}", PutFileAsync).WithName("putRunFile").Accepts<byte[]>("*/*").AuditedInSummary(RunsVocabulary.RunUpload, RunsVocabulary.Run)
            .WithSummary("Send a file of a run, or the next part of it (Content-Range: bytes FIRST-LAST/SIZE). Parts come in order; what has arrived already is taken again when it is the same. The last part is answered once the hash was checked.");
    }

    private static async Task<Results<Ok<RunList>, ProblemHttpResult>> ListAsync(HttpContext context, RunQuery query, [AsParameters] RunListQuery asked, CancellationToken cancellationToken) =>
        (await query.ListAsync(context.Principal().Tenant.Value, asked, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Created<RunReceipt>, Ok<RunReceipt>, ProblemHttpResult>> ReportAsync(HttpContext context, ReportDesk desk, CancellationToken cancellationToken)
    {
        var body = await RunBody.ReadAsync(context.Request, cancellationToken);
        return await desk.TakeAsync(RunCaller.Of(context), body, cancellationToken) switch
        {
            Outcome<TakenReport>.Done { Value: { As: TakenAs.Created } taken } => TypedResults.Created($"/api/v1/runs/{taken.Id}", ReceiptOf(taken)),
            Outcome<TakenReport>.Done { Value: var taken } => TypedResults.Ok(ReceiptOf(taken)),
            var refused => ((Outcome<TakenReport>.Refused)refused).Refusal.ToProblem(context),
        };
    }

    private static async Task<Results<Ok<RunCostList>, ProblemHttpResult>> CostsAsync(HttpContext context, CostQuery query, [AsParameters] RunCostQuery asked, CancellationToken cancellationToken) =>
        (await query.RunAsync(context.Principal().Tenant.Value, asked, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FindAsync(HttpContext context, RunQuery query, string id, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Principal().Tenant.Value, id, cancellationToken) is { } report ? TypedResults.Bytes(report, "application/json") : RunsRefusals.RunNotFound.ToProblem(context);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext context, RunRemoval removal, string id, CancellationToken cancellationToken) =>
        (await removal.DeleteAsync(RunCaller.Of(context), id, cancellationToken)).ToResult(context, static _ => TypedResults.NoContent());

    private static async Task<Results<Ok<RunTimelinePage>, ProblemHttpResult>> TimelineAsync(
        HttpContext context, TimelineQuery query, string id, [AsParameters] RunTimelineListQuery asked, CancellationToken cancellationToken) =>
        (await query.RunAsync(context.Principal().Tenant.Value, id, asked.After, asked.Kinds, Paging.Limit(asked.Limit), cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<RunFileList>, ProblemHttpResult>> FilesAsync(HttpContext context, FileQuery query, string id, CancellationToken cancellationToken) =>
        (await query.ListAsync(context.Principal().Tenant.Value, id, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> FileAsync(HttpContext context, FileQuery query, string id, string name, CancellationToken cancellationToken)
    {
        var outcome = await query.FindAsync(context.Principal().Tenant.Value, id, name, cancellationToken);
        return outcome is Outcome<FileRow>.Done { Value: var file } && FileSpan.Of(context.Request, file) is null
            ? RunsRefusals.NoSuchRange(context.Response, file.SizeBytes).ToProblem(context)
            : outcome.ToResult(context, found => Send(context, query, found, FileSpan.Of(context.Request, found)!.Value, cancellationToken));
    }

    private static PushStreamHttpResult Send(HttpContext context, FileQuery query, FileRow file, FileSpan span, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.Headers.AcceptRanges = "bytes";
        response.ContentLength = span.Length;
        if (span.Length < file.SizeBytes)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = new ContentRangeHeaderValue(span.Start, span.End - 1, file.SizeBytes).ToString();
        }

        return TypedResults.Stream(body => query.CopyAsync(file, span, body, cancellationToken), RunFileNames.ContentTypeOf(file.Name), file.Name, entityTag: FileSpan.TagOf(file));
    }

    private static async Task<Results<Ok<RunFile>, ProblemHttpResult>> PutFileAsync(HttpContext context, FileDesk desk, string id, string name, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(context.Principal().Tenant.Value, id, name, cancellationToken) is not { } file)
        {
            return RunsRefusals.FileNotFound.ToProblem(context);
        }

        return await FilePart.ReadAsync(context.Request, cancellationToken) switch
        {
            Outcome<FilePart>.Done { Value: var part } => (await desk.PutAsync(file, part, cancellationToken)).ToResult(context, TypedResults.Ok),
            var refused => ((Outcome<FilePart>.Refused)refused).Refusal.ToProblem(context),
        };
    }

    private static RunReceipt ReceiptOf(TakenReport taken) => new(taken.Id, taken.Revision, taken.Missing);
}

/// <summary>What a time line can be asked for.</summary>
internal sealed record RunTimelineListQuery
{
    /// <summary>One kind of entries such as tool, or several separated by commas.</summary>
    public string? Kind { get; init; }

    public int? Limit { get; init; }

    /// <summary>Number of the entry before the page.</summary>
    public string? After { get; init; }

    internal IReadOnlySet<string> Kinds => (Kind?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []).ToHashSet(StringComparer.Ordinal);
}
