using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;
using Signalbox.Server.Query.Requests;

namespace Signalbox.Server.Query.Shell;

/// <summary><c>signalbox query</c>: asks a running server, at one instant or over a range of time.</summary>
internal sealed class QueryCommand
{
    /// <summary>Points that a range is cut into when no step is given.</summary>
    private const int DefaultPoints = 60;

    private readonly ClientOptions _client = new("csv");
    private readonly Argument<string> _expression = new("EXPR") { Description = "PromQL expression." };
    private readonly Option<string?> _time = Text("--time", "Instant to evaluate at: RFC 3339 or Unix seconds (default: now).", "TIME");
    private readonly Option<string?> _start = Text("--start", "Start of a range: RFC 3339 or Unix seconds.", "TIME");
    private readonly Option<string?> _end = Text("--end", "End of a range (default: now).", "TIME");
    private readonly Option<string?> _range = Text("--range", "Range up to --end, such as 1h; instead of --start.", "DURATION");
    private readonly Option<string?> _step = Text("--step", $"Distance of a range's points, such as 30s (default: a {DefaultPoints}th of the range, at least 1s).", "DURATION");
    private readonly Option<string?> _timeout = Text("--timeout", "Longest time the server may take, such as 30s.", "DURATION");

    public static Command Create(TimeProvider clock)
    {
        var query = new QueryCommand();
        var command = new Command("query", "Ask a running server a PromQL expression, at one instant or over a range of time.") { query._expression };
        Option[] options = [query._time, query._start, query._end, query._range, query._step, query._timeout];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        query._client.AddTo(command);
        command.Validators.Add(parsed =>
        {
            if (query.Contradiction(name => parsed.GetValue(name) is not null) is { } contradiction)
            {
                parsed.AddError(contradiction);
            }
        });
        command.SetAction((parsed, cancellationToken) => query.RunAsync(parsed, clock, cancellationToken));
        return command;
    }

    /// <summary>The form to send; a range when any of its options is given.</summary>
    /// <exception cref="QueryUsageException">An option's text is not what it takes.</exception>
    internal static IReadOnlyDictionary<string, string> Form(QueryAsked asked, DateTimeOffset now)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["query"] = asked.Expression };
        if (asked.Timeout is { } timeout)
        {
            form["timeout"] = Seconds((long)Duration("--timeout", timeout).TotalMilliseconds);
        }

        if (!asked.IsRange)
        {
            form["time"] = Seconds(asked.Time is { } time ? Time("--time", time) : now.ToUnixTimeMilliseconds());
            return form;
        }

        var end = asked.End is { } last ? Time("--end", last) : now.ToUnixTimeMilliseconds();
        var start = asked.Start is { } first ? Time("--start", first) : end - (long)Duration("--range", asked.Range ?? "1h").TotalMilliseconds;
        var step = asked.Step is { } given ? (long)Duration("--step", given).TotalMilliseconds : Math.Max(1000, (end - start) / DefaultPoints / 1000 * 1000);
        form["start"] = Seconds(start);
        form["end"] = Seconds(end);
        form["step"] = Seconds(step);
        return form;
    }

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private static long Time(string option, string text) =>
        PrometheusTime.TryParse(text, out var time) ? time : throw new QueryUsageException($"{option}: '{text}' is not a time; write for example 2026-03-04T05:06:07Z or 1772600767.");

    private static TimeSpan Duration(string option, string text) =>
        PrometheusTime.TryParseDuration(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new QueryUsageException($"{option}: '{text}' is not a duration; write for example 30s or 1h30m.");

    private static string Seconds(long milliseconds) => (milliseconds / 1000m).ToString(CultureInfo.InvariantCulture);

    private string? Contradiction(Func<Option<string?>, bool> given) =>
        given(_time) && (given(_start) || given(_end) || given(_range) || given(_step)) ? "--time asks for one instant; --start, --end, --range and --step ask for a range. Give one or the other."
        : given(_start) && given(_range) ? "--start and --range say the same thing; give one of them."
        : (given(_end) || given(_step)) && !given(_start) && !given(_range) ? "A range needs --start or --range."
        : null;

    private async Task<int> RunAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellationToken)
    {
        var asked = new QueryAsked(
            parsed.GetValue(_expression)!, parsed.GetValue(_time), parsed.GetValue(_start), parsed.GetValue(_end), parsed.GetValue(_range), parsed.GetValue(_step), parsed.GetValue(_timeout));
        try
        {
            using var client = _client.Connect(parsed);
            using var content = new FormUrlEncodedContent(Form(asked, clock.GetUtcNow()));
            using var response = await client.SendAsync(HttpMethod.Post, asked.IsRange ? "prometheus/api/v1/query_range" : "prometheus/api/v1/query", content, cancellationToken);
            return await PrintAsync(asked, response, _client.Output(parsed), cancellationToken);
        }
        catch (QueryUsageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ShellExit.WrongUse;
        }
    }

    private static async Task<int> PrintAsync(QueryAsked asked, HttpResponseMessage response, string form, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            await ApiClient.EnsureSuccessAsync(response, cancellationToken);
            throw new StartupException("The server's answer is not JSON; is the address Signalbox's?");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var answer = await JsonDocument.ParseAsync(body, default, cancellationToken);
        var root = answer.RootElement;
        if (root.TryGetProperty("error", out var error))
        {
            await Console.Error.WriteLineAsync(ExpressionCaret.Describe(asked.Expression, error.GetString() ?? string.Empty));
            return root.GetProperty("errorType").GetString() == "bad_data" ? ShellExit.WrongUse : ShellExit.Failed;
        }

        foreach (var kind in new[] { "warnings", "infos" })
        {
            if (root.TryGetProperty(kind, out var texts))
            {
                foreach (var text in texts.EnumerateArray())
                {
                    await Console.Error.WriteLineAsync($"{kind[..^1]}: {text.GetString()}");
                }
            }
        }

        new QueryOutput(Console.Out, !Console.IsOutputRedirected).Write(root.GetProperty("data"), form);
        return ShellExit.Done;
    }
}
