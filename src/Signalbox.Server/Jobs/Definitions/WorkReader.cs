using System.Buffers;
using System.Globalization;
using Signalbox.Server.Jobs.Running;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Reads what a job does: exactly one of <c>command</c>, <c>http</c> and <c>handler</c>.</summary>
internal static class WorkReader
{
    private const int LongestText = 32 * 1024;
    private const int LongestPath = 4096;
    private const int LongestUrl = 8192;
    private const int LongestHandler = 200;
    private const long LeastOutput = 1024;
    private const long MostOutput = 1L << 30;

    private static readonly string[] Kinds = ["command", "http", "handler"];
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Set by the server for each request: names of <see href="https://www.rfc-editor.org/rfc/rfc9110"/> that a definition cannot choose.</summary>
    private static readonly string[] OwnHeaders = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Expect", "Proxy-Authorization"];

    private static readonly SearchValues<char> HeaderName = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <returns>Null when something is wrong, which is reported.</returns>
    public static JobWork? Read(MemberReader task, TaskLimits limits)
    {
        var given = Kinds.Where(task.Has).ToList();
        if (given.Count != 1)
        {
            task.Fail(
                given.Count == 0 ? "command" : given[1],
                given.Count == 0 ? "A job has one of command, http and handler." : $"A job has one of command, http and handler, but here are {string.Join(" and ", given)}.");
        }

        // All that are there are read, so that all their errors are told.
        var works = given.ConvertAll(kind => (Kind: kind, Members: task.Object(kind))).ConvertAll<JobWork?>(part => part.Members is null ? null : part.Kind switch
        {
            "command" => Command(part.Members, limits),
            "http" => Http(part.Members, limits),
            _ => Handler(part.Members),
        });
        return works is [{ } only] ? only : null;
    }

    private static CommandWork? Command(MemberReader command, TaskLimits limits)
    {
        var file = command.RequiredText("file", LongestPath);
        var arguments = command.Texts("arguments", LongestText, limits.Arguments, TaskLimits.ArgumentsKey) ?? [];
        var folder = command.Text("workingDirectory", LongestPath);
        var environment = command.Map("environment", LongestText, limits.Environment, TaskLimits.EnvironmentKey);
        foreach (var name in (environment?.Keys ?? []).Where(static name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)))
        {
            command.Fail("environment", $"'{name}' cannot name a variable.");
        }

        if (folder is not null && !Path.IsPathFullyQualified(folder))
        {
            command.Fail("workingDirectory", "This must be a full path; leave it out for a folder of the server's own.");
        }

        var limit = OutputLimit(command);
        command.Finish();
        return file is null ? null : new CommandWork
        {
            File = file,
            Arguments = arguments,
            WorkingDirectory = folder,
            Environment = environment ?? new Dictionary<string, string>(StringComparer.Ordinal),
            OutputLimit = limit,
        };
    }

    private static long? OutputLimit(MemberReader command)
    {
        if (command.Text("outputLimit", 64) is not { } text)
        {
            return null;
        }

        if (SizeText.TryParse(text, out var bytes) && bytes is >= LeastOutput and <= MostOutput)
        {
            return bytes;
        }

        command.Fail("outputLimit", $"'{text}' is not a size from {SizeText.Format(LeastOutput)} to {SizeText.Format(MostOutput)}; write for example 1MiB.");
        return null;
    }

    private static HttpWork? Http(MemberReader http, TaskLimits limits)
    {
        var method = http.Text("method", 16) ?? "POST";
        if (!Methods.Contains(method, StringComparer.Ordinal))
        {
            http.Fail("method", $"'{method}' is not one of {string.Join(", ", Methods)}.");
        }

        var address = AddressOf(http);
        var headers = http.Map("headers", LongestText, limits.Headers, TaskLimits.HeadersKey);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            CheckHeader(http, name, value);
        }

        var body = http.Text("body", LongestText * 4);
        var expected = http.Texts("expectStatus", 3, 32);
        foreach (var status in (expected ?? []).Where(static status => !IsStatus(status)))
        {
            http.Fail("expectStatus", $"'{status}' is no status; write for example 2xx or 204.");
        }

        if (expected is { Count: 0 })
        {
            http.Fail("expectStatus", "This names no status, so no answer would be a success.");
        }

        var sign = http.Switch("sign") ?? true;
        http.Finish();
        return address is null ? null : new HttpWork
        {
            Method = method,
            Url = address,
            Headers = headers ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Body = body,
            ExpectStatus = expected ?? ["2xx"],
            Sign = sign,
        };
    }

    private static Uri? AddressOf(MemberReader http)
    {
        if (http.RequiredText("url", LongestUrl) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            http.Fail("url", "This must be an address that begins with http:// or https://.");
            return null;
        }

        // It is kept as it is sent, with everything escaped, and has to be read again.
        if (address.AbsoluteUri.Length > LongestUrl)
        {
            http.Fail("url", string.Create(CultureInfo.InvariantCulture, $"With its characters escaped this has {address.AbsoluteUri.Length} characters; at most {LongestUrl} are allowed."));
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            http.Fail("url", "An address carries no name and password here, because addresses are shown and logged; send them as the header Authorization.");
            return null;
        }

        return address;
    }

    private static void CheckHeader(MemberReader http, string name, string value)
    {
        if (name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(HeaderName))
        {
            http.Fail($"headers.{name}", "This cannot name a header.");
        }
        else if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            http.Fail($"headers.{name}", "The server sets this header itself.");
        }

        if (value.AsSpan().ContainsAnyInRange('\u0000', '\u0008') || value.AsSpan().ContainsAny('\r', '\n'))
        {
            http.Fail($"headers.{name}", "A header's value is one line.");
        }
    }

    private static bool IsStatus(string status) =>
        status.Length == 3 && status[0] is >= '1' and <= '5' && (status[1..] == "xx" || (char.IsAsciiDigit(status[1]) && char.IsAsciiDigit(status[2])));

    private static HandlerWork? Handler(MemberReader handler)
    {
        var name = handler.RequiredText("name", LongestHandler);
        var arguments = handler.Raw("arguments");
        handler.Finish();
        return name is null ? null : new HandlerWork { Name = name, Arguments = arguments?.GetRawText() };
    }
}
