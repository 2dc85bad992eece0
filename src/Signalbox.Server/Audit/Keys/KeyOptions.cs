using Signalbox.Server.Audit.Notes;
using Signalbox.Settings;

namespace Signalbox.Server.Audit.Keys;

/// <summary>Under which name the logs are signed, and what protects the key.</summary>
internal sealed record KeyOptions
{
    /// <summary>First part of every log's origin; null for the name that the installation made for itself.</summary>
    public string? Origin { get; init; }

    /// <summary>File with 32 bytes in base64 that seals the private keys in the database; null keeps them as they are.</summary>
    public string? SealFile { get; init; }

    public static KeyOptions Read(SettingsReader settings)
    {
        var origin = settings.OptionalText("audit.origin", "First part of the name of every audit log, such as audit.example.com; the tenant follows. Never change it: to verifiers it would be another log. Default: a name made at the first start.");
        if (origin is not null && (!NoteSignature.IsName(origin) || origin.EndsWith('/') || origin.Length > 180))
        {
            settings.Fail("audit.origin", $"'{origin}' cannot name a log: no blanks, no plus, no slash at the end, at most 180 characters.");
        }

        var file = settings.OptionalText("audit.key_file", "File with 32 random bytes in base64; with it, the private keys that sign the audit log are sealed in the database (AES-256-GCM).");
        return new KeyOptions { Origin = origin, SealFile = file is null ? null : Path.Combine(settings.BaseFolder, file) };
    }
}
