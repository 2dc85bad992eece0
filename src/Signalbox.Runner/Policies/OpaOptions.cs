using Signalbox.Settings;

namespace Signalbox.Runner.Policies;

/// <summary>A policy server that is asked.</summary>
internal sealed record OpaOptions
{
    private const string UrlKey = "policy.opa.url";
    private const string PathKey = "policy.opa.path";

    /// <summary>Without the path of its API, such as <c>http://127.0.0.1:8181</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Of the document below <c>data</c>, with <c>/</c>: <c>cicd/runner/decision</c>.</summary>
    public required string Path { get; init; }

    /// <summary>For a decision: all answers about one call together, waiting for others included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Absolute; null without a token. Read when the server is first asked.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Tools that are asked about although a call of them need not write, by their names with <c>*</c>.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <returns>Null without a server.</returns>
    public static OpaOptions? Read(SettingsReader settings)
    {
        var url = settings.OptionalText(UrlKey, "Address of an OPA server that decides what the rules do not deny, such as http://127.0.0.1:8181.");
        var path = settings.Text(PathKey, "cicd/runner/decision", "Document below /v1/data that holds the decision: {allow, policy_id, reasons}, or true or false.").Trim('/');
        var timeout = settings.Duration("policy.opa.timeout", TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), "How long a decision may take; then policy.opa.on_error counts.");
        var token = settings.OptionalText("policy.opa.token_file", "File that holds the server's bearer token.");
        var tools = settings.List("policy.opa.tools", "Tools that the server is asked about although a call need not write, by name with *; Bash when nothing is written here.");
        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            settings.Fail(UrlKey, "This is no address of a server; write http or https, a host and a port, without user or query.");
            return null;
        }

        if (path.Length == 0 || path.Split('/').Any(static part => part is "" or "." or ".."))
        {
            settings.Fail(PathKey, $"'{path}' is not allowed; write names with slashes between them, such as cicd/runner/decision.");
            return null;
        }

        return new OpaOptions
        {
            Url = address,
            Path = path,
            Timeout = timeout,
            TokenFile = token is null ? null : System.IO.Path.GetFullPath(token, System.IO.Path.GetFullPath(settings.BaseFolder)),
            Tools = tools.Count == 0 ? ["Bash"] : tools,
        };
    }
}
