using System.Globalization;
using System.Text.Json;

namespace Signalbox.EndToEnd.Tests.Access;

/// <summary>One call that a stranger can try, with its parameters filled.</summary>
/// <param name="Open">Whether it is documented as open to everybody.</param>
internal sealed record Endpoint(HttpMethod Method, string Path, bool Open)
{
    /// <summary>Names one thing by its identifier.</summary>
    public bool HasId { get; private init; }

    private const string Everything = "%7B__name__%3D~%22.%2B%22%7D";

    private static readonly string[] PrometheusReads =
    [
        "query?query=" + Everything, "query?query=count(" + Everything + ")", "query_range?start=FROM&end=TO&step=15&query=" + Everything,
        "query_exemplars?start=FROM&end=TO&query=" + Everything, "format_query?query=up", "series?match[]=" + Everything, "labels", "label/__name__/values", "label/lane/values",
        "metadata", "metadata?limit_per_metric=10", "targets", "targets?state=any", "status/buildinfo", "rules", "alerts",
    ];

    private static readonly string[] PrometheusForms = ["query", "query_range", "query_exemplars", "format_query", "series", "labels"];

    private static readonly string[] OpenToEverybody = ["/-/healthy", "/-/ready", "/prometheus/-/healthy", "/prometheus/-/ready"];

    /// <summary>Reads by POST, since a query or a schedule may be too long for an address.</summary>
    public bool IsReadByForm => Method == HttpMethod.Post && (Path == "/api/v1/scheduler/preview" || PrometheusForms.Any(form => Path == $"/prometheus/api/v1/{form}"));

    /// <summary>Is about a console session, which a token does not have.</summary>
    public bool IsAboutASession => Path.StartsWith("/api/v1/session", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}";

    /// <summary>What the API's description names, and Prometheus's API, which describes itself elsewhere.</summary>
    /// <param name="ids">Identifiers to try wherever a path asks for one.</param>
    public static IReadOnlyList<Endpoint> All(JsonElement openApi, IReadOnlyList<string> ids)
    {
        var described =
            from path in openApi.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            from id in path.Name.Contains("{id}", StringComparison.Ordinal) ? ids : [string.Empty]
            select new Endpoint(
                HttpMethod.Parse(operation.Name),
                Filled(path.Name.Replace("{id}", id, StringComparison.Ordinal)),
                operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0)
            {
                HasId = id.Length > 0,
            };
        return
        [
            .. described,
            .. PrometheusReads.Select(static path => new Endpoint(HttpMethod.Get, "/prometheus/api/v1/" + WithTimes(path), Open: false)),
            .. PrometheusForms.Select(static path => new Endpoint(HttpMethod.Post, $"/prometheus/api/v1/{path}", Open: false)),
            new Endpoint(HttpMethod.Get, "/openapi/v1.json", Open: false),
            .. OpenToEverybody.Select(static path => new Endpoint(HttpMethod.Get, path, Open: true)),
        ];
    }

    /// <summary>The first tile where one is asked for, a run's log, and the form of an export that can be read.</summary>
    private static string Filled(string path) => path
        .Replace("{level}", "0", StringComparison.Ordinal)
        .Replace("{index}", "000", StringComparison.Ordinal)
        .Replace("/files/{name}", "/files/log.jsonl", StringComparison.Ordinal)
        .Replace("/audit/export", "/audit/export?format=jsonl", StringComparison.Ordinal);

    private static string WithTimes(string path)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return path
            .Replace("FROM", (now - 600).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("TO", (now + 60).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
