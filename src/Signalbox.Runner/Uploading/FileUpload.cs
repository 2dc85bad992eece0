using System.Net;
using System.Net.Http.Headers;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Uploading;

/// <summary>Sends one file of a run, part by part, from where the server has it.</summary>
internal sealed class FileUpload(ServerCalls calls, RunFolder folder)
{
    /// <summary>In bytes; the server takes up to 8 MiB at once.</summary>
    private const int PartSize = 4 * 1024 * 1024;

    /// <summary>How often the server may say that the next part begins elsewhere, before something is wrong.</summary>
    private const int MostCorrections = 3;

    /// <param name="file">As the server answered.</param>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<FileResult> SendAsync(FileAnswer file, CancellationToken cancellationToken)
    {
        if (!RunFiles.IsForServers(file.Name) || file.Size < 0 || file.Received < 0 || file.Received > file.Size)
        {
            return new FileResult($"The server asks for '{file.Name}' from byte {file.Received} to {file.Size}, which no server gets.", MayTryAgain: false);
        }

        await using var content = PrivateFiles.TryOpenRead(folder.File(file.Name));
        if (content is null || content.Length < file.Size)
        {
            return new FileResult($"{file.Name} is shorter than its report says.", MayTryAgain: false);
        }

        var (received, corrections) = (file.Received, 0);
        while (true)
        {
            // What is there already is sent once more at the end of a file whose hash the server has not checked yet.
            var start = received < file.Size ? received : Math.Max(0, file.Size - PartSize);
            var answer = await SendPartAsync(content, file, start, cancellationToken);
            if (answer.IsSuccess)
            {
                if (answer.Read(UploadJson.Default.FileAnswer) is not { } now || (now.Received <= received && !now.Complete))
                {
                    return new FileResult($"The server does not say how much of {file.Name} it has.", MayTryAgain: true);
                }

                if (now.Complete)
                {
                    return FileResult.Sent;
                }

                received = now.Received;
            }
            else if (answer is { Status: HttpStatusCode.Conflict, Problem: { Code: "range_not_next", Received: { } place } } && place >= 0 && place <= file.Size && ++corrections <= MostCorrections)
            {
                received = place;
            }
            else
            {
                return new FileResult($"{file.Name}: {answer.Failure}", answer.MaySucceedLater);
            }
        }
    }

    private async Task<ServerAnswer> SendPartAsync(Stream content, FileAnswer file, long start, CancellationToken cancellationToken)
    {
        // The file may have grown behind the size that the report says: that is not part of it.
        var part = new byte[Math.Min(PartSize, file.Size - start)];
        content.Position = start;
        await content.ReadExactlyAsync(part, cancellationToken);
        return await calls.SendAsync(HttpMethod.Put, $"api/v1/runs/{folder.RunId}/files/{file.Name}", Body, cancellationToken);

        HttpContent Body()
        {
            var body = new ByteArrayContent(part);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            if (part.Length > 0)
            {
                body.Headers.ContentRange = new ContentRangeHeaderValue(start, start + part.Length - 1, file.Size);
            }

            return body;
        }
    }
}

/// <summary>What became of one file.</summary>
/// <param name="Failure">Null when the server has all of it.</param>
internal sealed record FileResult(string? Failure, bool MayTryAgain)
{
    public static FileResult Sent { get; } = new(null, MayTryAgain: false);
}
