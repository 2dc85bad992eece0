using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Signalbox.Server.Platform.OpenApi;

/// <summary>Says what the API is and how to sign in to it.</summary>
internal sealed class DocumentIntroduction : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";
    public const string Basic = "basic";
    public const string Session = "session";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Signalbox",
            Version = OpenApiFeature.DocumentName,
            Description = "Signalbox's own API. Times are RFC 3339 with milliseconds, lists come in pages (items, next) with limit and after, unknown members of a request are refused, " +
                "and refusals are RFC 9457 problems with a stable code.",
            License = new OpenApiLicense { Name = "Apache-2.0", Url = new Uri("https://www.apache.org/licenses/LICENSE-2.0") },
        };

        // The address that this copy was read from says nothing about where the API is for its reader.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token (sbx_…), or a token of the identity provider that the server is set up for." },
            [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Any name, with the API token as password." },
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "signalbox_session",
                Description = "A console session. Requests other than GET also carry X-CSRF-Token, which GET /api/v1/session gives.",
            },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[OperationProblems.SchemaName] = OperationProblems.Schema();
        return Task.CompletedTask;
    }
}
