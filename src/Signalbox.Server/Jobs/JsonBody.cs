using System.Text;
using System.Text.Json;

namespace Signalbox.Server.Jobs;

/// <summary>Reads the body of a request whose members the slice looks at itself, so that all errors are told at once.</summary>
internal static class JsonBody
{
    /// <exception cref="BadHttpRequestException">It is not JSON by its type, or not valid UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send JSON, with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var reader = new StreamReader(request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        try
        {
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException exception)
        {
            throw new BadHttpRequestException("The request's JSON cannot be read.", StatusCodes.Status400BadRequest, new JsonException("The body is not UTF-8.", exception));
        }
    }
}
