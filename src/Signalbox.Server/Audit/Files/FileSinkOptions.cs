using Signalbox.Settings;

namespace Signalbox.Server.Audit.Files;

/// <summary>The audit file: a line of JSON for every record, beside the log.</summary>
/// <param name="Path">Null for no file; a relative path is within the data folder.</param>
/// <param name="MaxBytes">A file that would grow beyond this is put aside before.</param>
/// <param name="MaxAge">A file that is older than this is put aside.</param>
/// <param name="Compress">Files put aside are compressed.</param>
/// <param name="Keep">How long files put aside are kept.</param>
/// <param name="Patience">How long one write may take before it counts as stalled.</param>
internal sealed record FileSinkOptions(string? Path, long MaxBytes, TimeSpan MaxAge, bool Compress, TimeSpan Keep, TimeSpan Patience)
{
    public static FileSinkOptions Read(SettingsReader settings) => new(
        settings.OptionalText("audit.file.path", "A file that gets a line of JSON for every record of the audit log, such as logs/audit.log; relative to the data folder; empty for none."),
        settings.Bytes("audit.file.max_bytes", 100 << 20, 1 << 20, 64L << 30, "The audit file is put aside before it grows beyond this."),
        settings.Duration("audit.file.max_age", TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), "The audit file is put aside when it is this old."),
        settings.Switch("audit.file.compress", true, "Compress audit files that were put aside (gzip)."),
        settings.Duration("audit.file.keep", TimeSpan.FromDays(90), TimeSpan.FromHours(1), TimeSpan.FromDays(3650), "How long audit files that were put aside are kept."),
        settings.Duration("audit.file.patience", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "How long one write to the audit file may take before it is reported as stalled; the log itself never waits for it."));
}
