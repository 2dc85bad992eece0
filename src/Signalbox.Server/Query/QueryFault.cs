namespace Signalbox.Server.Query;

/// <summary>Why a query was not answered, in the terms of Prometheus's API.</summary>
/// <param name="Type">What clients branch on, for instance <c>bad_data</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What failed, for people.</param>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview</remarks>
internal sealed record QueryFault(string Type, int Status, string Message)
{
    public static QueryFault BadData(string message) => new("bad_data", StatusCodes.Status400BadRequest, message);

    public static QueryFault InvalidParameter(string parameter, string message) => BadData($"invalid parameter \"{parameter}\": {message}");

    public static QueryFault NotFound(string message) => new("not_found", StatusCodes.Status404NotFound, message);

    public static QueryFault Execution(string message) => new("execution", StatusCodes.Status422UnprocessableEntity, message);

    public static QueryFault Timeout(string message) => new("timeout", StatusCodes.Status503ServiceUnavailable, message);

    /// <summary>Nobody is left to read it; the status is for the log and the metrics.</summary>
    public static QueryFault Canceled(string message) => new("canceled", StatusCodes.Status499ClientClosedRequest, message);

    public static QueryFault Unavailable(string message) => new("unavailable", StatusCodes.Status503ServiceUnavailable, message);

    public static QueryFault Internal(string message) => new("internal", StatusCodes.Status500InternalServerError, message);
}
