namespace Signalbox.Server.Platform.OpenApi;

/// <summary>Describes Signalbox's own API from its code, at <c>/openapi/v1.json</c>; <c>openapi.json</c> in the repository is the same text.</summary>
internal static class OpenApiFeature
{
    public const string DocumentName = "v1";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, static options =>
    {
        options.AddDocumentTransformer<DocumentIntroduction>();
        options.AddOperationTransformer<OperationProblems>();
        options.AddSchemaTransformer<WireSchemas>();
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();
}
