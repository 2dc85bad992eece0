using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>The bounds of HTTP jobs, and what they are signed with.</summary>
/// <param name="SigningKey">Null when the server makes one and keeps it in its data folder.</param>
/// <param name="ResponseLimit">Bytes read of an answer's body.</param>
internal sealed record HttpOptions(byte[]? SigningKey, TimeSpan ConnectTimeout, long ResponseLimit)
{
    private const string KeyKey = "jobs.http_signing_key";
    private const string FileKey = "jobs.http_signing_key_file";

    public static HttpOptions Read(SettingsReader settings) => new(
        ReadKey(settings),
        settings.Duration("jobs.http_connect_timeout", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), "How long an HTTP job waits for a connection; for the answer it waits as long as its own timeout."),
        settings.Bytes("jobs.http_response_limit", 1 << 20, 0, 1 << 30, "Most bytes read of the body of an answer to an HTTP job."));

    private static byte[]? ReadKey(SettingsReader settings)
    {
        var text = settings.OptionalText(KeyKey, "Key that HTTP jobs are signed with, as Standard Webhooks writes it (whsec_ and base64 of 24–64 bytes). Without it the server makes one in its data folder; several instances need the same.");
        var file = settings.OptionalText(FileKey, "File that holds jobs.http_signing_key.");
        if (text is not null && file is not null)
        {
            settings.Fail(FileKey, $"Set either {KeyKey} or {FileKey}.");
            return null;
        }

        var place = text is null ? FileKey : KeyKey;
        try
        {
            text ??= file is null ? null : File.ReadAllText(Path.GetFullPath(file, Path.GetFullPath(settings.BaseFolder))).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            settings.Fail(FileKey, $"The file cannot be read: {exception.Message}");
        }

        if (text is null)
        {
            return null;
        }

        if (WebhookSignature.TryReadKey(text, out var key))
        {
            return key;
        }

        // The message must not repeat a secret that is merely written wrongly.
        settings.Fail(place, "This is no key; write whsec_ followed by 24–64 bytes in base64, for example what `echo whsec_$(openssl rand -base64 32)` gives.");
        return null;
    }
}
