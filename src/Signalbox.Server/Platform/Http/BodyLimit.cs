using Microsoft.AspNetCore.Http.Metadata;

namespace Signalbox.Server.Platform.Http;

/// <summary>Caps the bodies that an endpoint reads; add it as metadata.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
