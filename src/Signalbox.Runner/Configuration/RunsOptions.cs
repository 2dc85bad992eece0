using Signalbox.Settings;

namespace Signalbox.Runner.Configuration;

/// <summary>Where the folders of runs stand and how many of them are kept.</summary>
internal sealed record RunsOptions
{
    public const string DefaultFolder = ".cicd-runner/runs";

    /// <summary>As written; a relative one is meant from the repository's root, or without a repository from the working folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Finished runs that stay; older ones are removed when a run ends. 0: all stay.</summary>
    public required int Keep { get; init; }

    public static RunsOptions Read(SettingsReader settings) => new()
    {
        Folder = settings.Text("runs.folder", DefaultFolder, "Folder in which every run has a folder of its own; a relative one is meant from the repository's root, without a repository from the working folder."),
        Keep = (int)settings.Integer("runs.keep", 20, 0, 100_000, "How many finished runs stay in runs.folder; older ones are removed when a run ends. 0 keeps all."),
    };
}
