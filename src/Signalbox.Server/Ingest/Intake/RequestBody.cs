using Microsoft.AspNetCore.Http.Features;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Reads the body of an ingest request up to the protocol's own bound, which may lie above the server's general one.</summary>
internal static class RequestBody
{
    /// <exception cref="WireLimitException">The body is longer than <paramref name="maxBytes"/>; a declared length is refused without reading.</exception>
    public static ValueTask<PooledBytes> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            throw new WireLimitException(BoundedDecompression.LimitName, maxBytes);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        return BoundedDecompression.ReadAsync(request.Body, maxBytes, cancellationToken);
    }

    /// <summary>The sender's address, as the sources list shows it.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = ClientAddress.Of(context);
        return address is null ? string.Empty : AddressText.Normal(address).ToString();
    }
}
