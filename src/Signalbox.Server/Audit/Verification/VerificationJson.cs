using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Serialises what verifications remember and report.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(VerificationState))]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationJson : JsonSerializerContext;
