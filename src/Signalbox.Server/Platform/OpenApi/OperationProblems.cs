using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Signalbox.Server.Platform.OpenApi;

/// <summary>Gives every operation what all of them share: how to sign in, and the problem that any of them may answer with.</summary>
internal sealed class OperationProblems : IOpenApiOperationTransformer
{
    public const string SchemaName = "Problem";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A refusal.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(SchemaName, context.Document) },
            },
        };
        var open = context.Description.ActionDescriptor.EndpointMetadata.OfType<OpenToEverybody>().Any();
        operation.Security = open ? [] : [Requirement(DocumentIntroduction.Bearer), Requirement(DocumentIntroduction.Basic), Requirement(DocumentIntroduction.Session)];
        return Task.CompletedTask;

        OpenApiSecurityRequirement Requirement(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    public static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457 problem details; programs branch on code, people read detail.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("A URN made of the code."),
            ["title"] = Text("The kind of problem."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = Text("What failed and what to do about it."),
            ["code"] = Text("Stable, lower case with underscores."),
            ["requestId"] = Text("Leads to the server's log."),
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "Leads to the trace." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "For members of the request: what is wrong with each.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}

/// <summary>Marks an endpoint that needs no sign-in, for the description of the API only: the access table decides.</summary>
internal sealed class OpenToEverybody;
