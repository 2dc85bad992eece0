using System.Net;
using Signalbox.Settings;

namespace Signalbox.Runner.Uploading;

/// <summary>The Signalbox server that runs and audit records are sent to.</summary>
internal sealed record UploadOptions
{
    private const string UrlKey = "signalbox.url";

    /// <summary>Null: nothing is sent anywhere.</summary>
    public Uri? Server { get; init; }

    public ServerToken Token { get; init; } = new(null, null);

    /// <summary>Whether runs are sent; audit records are, wherever there is a server.</summary>
    public bool Upload { get; init; } = true;

    /// <summary>What sending may take at the end of a run; what is left then is sent by the next run, or by <c>cicd-runner upload</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the token would travel for everybody on the way to read.</summary>
    public bool IsUnprotected => Server is { Scheme: "http" } server && !server.IsLoopback && !(IPAddress.TryParse(server.Host, out var address) && IPAddress.IsLoopback(address));

    public static UploadOptions Read(SettingsReader settings)
    {
        var url = settings.OptionalText(
            UrlKey,
            "SIGNALBOX_SERVER",
            "Signalbox server that runs and their audit records are sent to, for example https://signalbox.example.org. SIGNALBOX_SERVER wins over the file. Without it nothing is sent.");
        var tokenFile = settings.OptionalText("signalbox.token_file", "File with an API token that has the scopes runs:write and audit:write. The token itself can be given by SIGNALBOX_TOKEN only, and wins then.");
        var upload = settings.Switch("signalbox.upload", true, "Send runs; audit records are sent wherever there is a server.");
        var timeout = settings.Duration(
            "signalbox.timeout",
            TimeSpan.FromSeconds(10),
            TimeSpan.Zero,
            TimeSpan.FromMinutes(10),
            "What sending a run may take at its end; what is left then is sent by the next run, or by cicd-runner upload. 0s leaves all of it to them.");
        Uri? server = null;
        if (url is not null && !TryParse(url, out server))
        {
            settings.Fail(UrlKey, $"'{WithoutUser(url)}' is not allowed; write an absolute http or https URL without user and password, such as https://signalbox.example.org.");
        }

        return new UploadOptions
        {
            Server = server,
            Token = new ServerToken(settings.Variable("SIGNALBOX_TOKEN"), tokenFile is null ? null : Path.GetFullPath(tokenFile, Path.GetFullPath(settings.BaseFolder))),
            Upload = upload,
            Timeout = timeout,
        };
    }

    private static bool TryParse(string text, out Uri? server) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out server) && server.Scheme is "http" or "https" && server is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };

    /// <summary>A password in it must not come into a message.</summary>
    private static string WithoutUser(string url) => url.LastIndexOf('@') is >= 0 and var end ? "…" + url[end..] : url;
}
