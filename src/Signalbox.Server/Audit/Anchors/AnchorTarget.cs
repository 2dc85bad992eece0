using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>A place outside this machine's database to which checkpoints go.</summary>
/// <param name="Name">For logs and metrics; holds no secret.</param>
internal abstract record AnchorTarget(string Name)
{
    /// <summary>A file to which notes are appended, best on another machine's disk.</summary>
    internal sealed record FileTarget(string Path) : AnchorTarget($"file {Path}");

    /// <summary>An address that takes notes by POST; its path and what stands before its host may be secrets, so it is named by its host alone.</summary>
    /// <param name="SigningKey">Signs the requests; null for none.</param>
    internal sealed record WebhookTarget(Uri Url, byte[]? SigningKey) : AnchorTarget($"webhook {Url.Scheme}://{Url.Authority}");

    /// <summary>A witness that checks each checkpoint against the one before, and signs it.</summary>
    /// <param name="Url">The prefix to which <c>add-checkpoint</c> is added.</param>
    /// <param name="Key">Whose cosignature is expected.</param>
    internal sealed record WitnessTarget(Uri Url, VerifierKey Key) : AnchorTarget($"witness {Key.Name}");

    /// <summary>Reads <c>file PATH</c>, <c>webhook URL [KEY]</c> or <c>witness URL VKEY</c>.</summary>
    /// <param name="folder">Against which a path is read.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string text, string folder, out AnchorTarget? target)
    {
        target = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["file", _, ..]:
                target = new FileTarget(System.IO.Path.Combine(folder, text.Trim()["file ".Length..].Trim()));
                return null;
            case ["webhook", var url] when TryUrl(url, out var address):
                target = new WebhookTarget(address!, null);
                return null;
            case ["webhook", var url, var key] when TryUrl(url, out var address):
                if (!AnchorSignature.TryReadKey(key, out var bytes))
                {
                    return "The key of a webhook is 24 to 64 bytes in base64, after whsec_ or alone.";
                }

                target = new WebhookTarget(address!, bytes);
                return null;
            case ["witness", var url, var key] when TryUrl(url, out var address):
                try
                {
                    var witness = VerifierKey.Parse(key);
                    if (witness.Algorithm != NoteAlgorithm.Cosignature)
                    {
                        return $"The key of {witness.Name} is not a witness's: it does not make cosignatures.";
                    }

                    target = new WitnessTarget(address!, witness);
                    return null;
                }
                catch (NoteFormatException exception)
                {
                    return exception.Message;
                }

            default:
                return "Write 'file PATH', 'webhook URL', 'webhook URL KEY' or 'witness URL VKEY'.";
        }
    }

    private static bool TryUrl(string text, out Uri? url) => Uri.TryCreate(text, UriKind.Absolute, out url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
