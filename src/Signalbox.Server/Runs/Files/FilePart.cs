using Microsoft.Net.Http.Headers;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Runs.Files;

/// <summary>A part of a file as it is sent.</summary>
/// <param name="Start">Where it begins in the file.</param>
/// <param name="Total">Size of the file, as the sender sees it.</param>
internal sealed record FilePart(long Start, long Total, ReadOnlyMemory<byte> Bytes)
{
    public long End => Start + Bytes.Length;

    /// <summary>Reads it from a request; without Content-Range the body is the whole file.</summary>
    /// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9110#name-content-range</remarks>
    public static async Task<Outcome<FilePart>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ContentRangeHeaderValue? range = null;
        var header = request.Headers.ContentRange;
        if (header.Count > 0 && (!ContentRangeHeaderValue.TryParse(header.ToString(), out range) || range.Unit != "bytes" || !range.HasRange || !range.HasLength))
        {
            return Refusal.Invalid("Content-Range", "This must say which part of the file the body is, such as bytes 0-65535/200000.");
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (range is null)
        {
            return new FilePart(0, bytes.Length, bytes);
        }

        return range.To!.Value - range.From!.Value + 1 == bytes.Length
            ? new FilePart(range.From.Value, range.Length!.Value, bytes)
            : Refusal.Invalid("Content-Range", "The body does not have as many bytes as this says.");
    }
}
