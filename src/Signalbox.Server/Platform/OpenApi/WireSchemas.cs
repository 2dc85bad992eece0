using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Platform.OpenApi;

/// <summary>Describes types whose JSON the generator cannot see through.</summary>
internal sealed class WireSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }

        if (context.JsonPropertyInfo is { Name: "role" } && schema.Type is { } text && text.HasFlag(JsonSchemaType.String))
        {
            schema.Enum = [.. Roles.All.Select(static name => JsonValue.Create(name))];
        }

        return Task.CompletedTask;
    }
}
