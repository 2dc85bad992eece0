using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Server.Runs.Reports;

/// <summary>Reads a report, checks it, and erases the secrets that the runner did not know of.</summary>
internal sealed class ReportReader(ServerRedactor redactor, TimeProvider clock)
{
    /// <exception cref="BadHttpRequestException">It is no JSON, or not of a report's shape.</exception>
    public Outcome<ReadReport> Read(ReadOnlyMemory<byte> body)
    {
        RunReport report;
        try
        {
            report = JsonSerializer.Deserialize(body.Span, RunsJson.Default.RunReport) ?? throw new JsonException("The report is null.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The request's JSON cannot be read.", StatusCodes.Status400BadRequest, exception);
        }

        var errors = new ReportErrors();
        ReportRules.Check(report, clock.GetUtcNow(), errors);
        if (errors.ToRefusal() is { } refusal)
        {
            return refusal;
        }

        // Written again, so that the same report has the same digest however its JSON was laid out.
        var whole = JsonSerializer.SerializeToUtf8Bytes(report, RunsJson.Default.RunReport);
        var redacted = Redact(report, whole);
        return new ReadReport(redacted, SHA256.HashData(whole), JsonSerializer.SerializeToUtf8Bytes(redacted, RunsJson.Default.RunReport));
    }

    /// <summary>What was checked to be an id or a hash stays as it is, and so do counts, whatever the name that they stand under.</summary>
    private RunReport Redact(RunReport report, byte[] whole)
    {
        var tree = JsonNode.Parse(whole)!.AsObject();
        tree["limits"] = new JsonObject();
        if (tree["stream"] is JsonObject stream)
        {
            stream["unknown"] = new JsonObject();
        }

        var redacted = redactor.Get().Redact(tree)!.Deserialize(RunsJson.Default.RunReport)!;
        return redacted with
        {
            Id = report.Id,
            State = report.State,
            TraceId = report.TraceId,
            SpanId = report.SpanId,
            Ci = IsHash(report.Ci.Commit) ? redacted.Ci with { Commit = report.Ci.Commit } : redacted.Ci,
            Outcome = redacted.Outcome with { Reason = report.Outcome.Reason },
            Limits = Names(report.Limits),
            Stream = redacted.Stream is null ? null : redacted.Stream with { Unknown = Names(report.Stream!.Unknown) },
            Files = report.Files,
        };
    }

    private static bool IsHash(string? text) => text?.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    private Dictionary<string, long> Names(IReadOnlyDictionary<string, long> counts)
    {
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            var shown = redactor.Get().Redact(name);
            names[shown] = names.GetValueOrDefault(shown) + count;
        }

        return names;
    }
}

/// <summary>A report as it is kept.</summary>
/// <param name="Report">Redacted.</param>
/// <param name="Digest">Of the report as it came.</param>
/// <param name="Content">The redacted report as JSON.</param>
internal sealed record ReadReport(RunReport Report, byte[] Digest, byte[] Content);
