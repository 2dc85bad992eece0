using System.Text.Json.Serialization;

namespace Signalbox.Runner.Uploading;

/// <summary>What the server answers, and the mark in the run's folder. Members that are not known are passed by: a newer server may tell more.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(FileAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(UploadMark))]
internal sealed partial class UploadJson : JsonSerializerContext;

/// <summary>The answer to a report.</summary>
/// <param name="Files">Those that have not arrived as a whole.</param>
internal sealed record ReportAnswer(string Id, IReadOnlyList<FileAnswer>? Files);

/// <summary>How much of a file has arrived.</summary>
internal sealed record FileAnswer(string Name, long Size, long Received, bool Complete);

/// <summary>A refusal, as RFC 9457 has it.</summary>
/// <param name="Received">How much of the file has arrived, where that is what was wrong.</param>
internal sealed record ProblemAnswer(string? Title, string? Detail, string? Code, long? Received);
