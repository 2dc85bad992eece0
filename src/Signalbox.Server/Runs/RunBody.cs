namespace Signalbox.Server.Runs;

/// <summary>Reads the body of a report as it came, because its members are checked by the slice itself.</summary>
internal static class RunBody
{
    /// <exception cref="BadHttpRequestException">It is not JSON by its type, or too long.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send JSON, with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
