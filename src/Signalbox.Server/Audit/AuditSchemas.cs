using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Configuration;
using Signalbox.Server.Audit.Proofs;

namespace Signalbox.Server.Audit;

/// <summary>Describes the wire types of the audit log that no operation names yet or ever will, such as those of event streams and of the log's files.</summary>
internal sealed class AuditSchemas : IOpenApiDocumentTransformer
{
    private static readonly Type[] Types =
    [
        typeof(AuditActorView), typeof(AuditResourceView), typeof(AuditDiffOperation), typeof(AuditCutValue), typeof(AuditErasedPlace), typeof(AuditEntry), typeof(AuditEntryList), typeof(AuditEntryDetail),
        typeof(ReportAuditEvents), typeof(AuditReportResult),
        typeof(AuditInclusionProof), typeof(AuditConsistencyProof), typeof(AuditKeyView), typeof(AuditKeyList),
        typeof(AuditConfiguration), typeof(ChangeAuditConfiguration), typeof(AuditRetentionPreview),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var type in Types)
        {
            document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        }
    }
}
