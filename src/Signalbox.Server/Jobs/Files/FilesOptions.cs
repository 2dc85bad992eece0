using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Where jobs are read from files.</summary>
/// <param name="Folder">Null when there is none.</param>
/// <param name="Poll">How often the folder is looked at.</param>
/// <param name="MostFiles">Files read; with more, nothing is applied.</param>
internal sealed record FilesOptions(string? Folder, TimeSpan Poll, int MostFiles)
{
    public const string FolderKey = "jobs.folder";
    public const string FilesKey = "jobs.files";

    private const string Default = "jobs";

    public static FilesOptions Read(SettingsReader settings)
    {
        var named = settings.OptionalText(FolderKey, "Folder whose *.yaml files define jobs of the tenant default (default: jobs beside the configuration file, when it exists).");
        var standard = Path.Combine(settings.BaseFolder, Default);
        return new FilesOptions(
            named is not null ? Path.GetFullPath(named, Path.GetFullPath(settings.BaseFolder)) : settings.HasFile && Directory.Exists(standard) ? Path.GetFullPath(standard) : null,
            settings.Duration("jobs.files_poll", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "How often jobs.folder is looked at; a change is applied when it has stood for one more look."),
            (int)settings.Integer(FilesKey, 1000, 1, 100_000, "Files read from jobs.folder; with more, nothing is applied."));
    }
}
