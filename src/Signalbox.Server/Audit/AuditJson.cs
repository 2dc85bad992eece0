using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Configuration;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Files;
using Signalbox.Server.Audit.Filters;
using Signalbox.Server.Audit.Proofs;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Audit;

/// <summary>Serialises what the API of the audit log takes and gives.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(AuditEntryList))]
[JsonSerializable(typeof(AuditEntryDetail))]
[JsonSerializable(typeof(ReportAuditEvents))]
[JsonSerializable(typeof(AuditReportResult))]
[JsonSerializable(typeof(AuditVocabularyView))]
[JsonSerializable(typeof(AuditInclusionProof))]
[JsonSerializable(typeof(AuditConsistencyProof))]
[JsonSerializable(typeof(AuditKeyList))]
[JsonSerializable(typeof(AuditWitnessView))]
[JsonSerializable(typeof(AuditConfiguration))]
[JsonSerializable(typeof(ChangeAuditConfiguration))]
[JsonSerializable(typeof(AuditRetentionPreview))]
[JsonSerializable(typeof(FilePlaces))]
[JsonSerializable(typeof(AuditFilterList))]
[JsonSerializable(typeof(SaveAuditFilter))]
internal sealed partial class AuditJson : JsonSerializerContext;
