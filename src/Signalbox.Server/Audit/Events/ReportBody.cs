using System.Text.Json;

namespace Signalbox.Server.Audit.Events;

/// <summary>Reads the body of a report, whose members the slice looks at itself, so that all that is wrong is told at once.</summary>
internal static class ReportBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <exception cref="BadHttpRequestException">It is no JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Send JSON, with Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The request's JSON cannot be read.", StatusCodes.Status400BadRequest, exception);
        }
    }
}
