using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Signalbox.Server.Query.Requests;

/// <summary>The parameters of one request, from its form and its address together, and the first thing wrong with them.</summary>
/// <remarks>As in Prometheus the form goes before the address. Ask in the order in which errors should win, then look at <see cref="Fault"/>.</remarks>
internal sealed class QueryParameters
{
    private readonly IFormCollection? _form;
    private readonly IQueryCollection _address;

    private QueryParameters(IFormCollection? form, IQueryCollection address)
    {
        _form = form;
        _address = address;
    }

    /// <summary>What is wrong, or null.</summary>
    public QueryFault? Fault { get; private set; }

    public static async ValueTask<QueryParameters> ReadAsync(HttpRequest request, long maxSize, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return new QueryParameters(null, request.Query);
        }

        // The form's own limits are each for one value; together they are bounded here.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = maxSize;
        }

        try
        {
            var limits = new FormOptions { BufferBodyLengthLimit = maxSize, ValueLengthLimit = (int)Math.Min(maxSize, int.MaxValue), KeyLengthLimit = 256 };
            return new QueryParameters(await request.ReadFormAsync(limits, cancellationToken), request.Query);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return new QueryParameters(null, request.Query) { Fault = QueryFault.BadData($"error parsing form values: {exception.Message}") };
        }
    }

    /// <summary>The parameter's first value, or an empty text.</summary>
    public string Text(string name)
    {
        if (_form is not null && _form.TryGetValue(name, out var values) && values.Count > 0)
        {
            return values[0] ?? string.Empty;
        }

        return _address.TryGetValue(name, out values) && values.Count > 0 ? values[0] ?? string.Empty : string.Empty;
    }

    public IReadOnlyList<string> All(string name)
    {
        var all = new List<string>();
        if (_form is not null && _form.TryGetValue(name, out var fromForm))
        {
            all.AddRange(fromForm!);
        }

        if (_address.TryGetValue(name, out var fromAddress))
        {
            all.AddRange(fromAddress!);
        }

        return all;
    }

    /// <summary>A time that must be given, in milliseconds since the Unix epoch.</summary>
    public long Time(string name)
    {
        var text = Text(name);
        if (!PrometheusTime.TryParse(text, out var milliseconds))
        {
            Fail(name, $"cannot parse {Quoted(text)} to a valid timestamp");
        }

        return milliseconds;
    }

    /// <summary>A time that may be absent, in milliseconds since the Unix epoch.</summary>
    public long Time(string name, long absent)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return absent;
        }

        if (!PrometheusTime.TryParse(text, out var milliseconds))
        {
            Fail(name, $"Invalid time value for '{name}': cannot parse {Quoted(text)} to a valid timestamp");
        }

        return milliseconds;
    }

    /// <summary>A duration that must be given.</summary>
    public TimeSpan Duration(string name)
    {
        var text = Text(name);
        if (!PrometheusTime.TryParseDuration(text, out var duration))
        {
            Fail(name, $"cannot parse {Quoted(text)} to a valid duration");
        }

        return duration;
    }

    public TimeSpan? OptionalDuration(string name) => Text(name).Length == 0 ? null : Duration(name);

    /// <summary>Most rows to return; 0 means all.</summary>
    public int Limit()
    {
        const string Name = "limit";
        var text = Text(Name);
        if (text.Length == 0)
        {
            return 0;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
        {
            Fail(Name, $"cannot parse {Quoted(text)} to a valid limit");
        }
        else if (limit < 0)
        {
            Fail(Name, "limit must be non-negative");
        }

        return limit;
    }

    /// <summary>A whole number whose absence is −1.</summary>
    public int Number(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return -1;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Fault ??= QueryFault.BadData($"{name} must be a number");
        }

        return number;
    }

    public void Fail(string parameter, string message) => Fault ??= QueryFault.InvalidParameter(parameter, message);

    public void Fail(QueryFault fault) => Fault ??= fault;

    private static string Quoted(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
