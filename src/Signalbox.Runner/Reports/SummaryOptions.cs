using Signalbox.Settings;

namespace Signalbox.Runner.Reports;

/// <summary>Where the summary for people goes, beside the file in the run's folder.</summary>
internal sealed record SummaryOptions
{
    /// <summary>A further file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Whether it is appended to the file that GitHub Actions shows on the run's page.</summary>
    public bool StepSummary { get; init; } = true;

    public static SummaryOptions Read(SettingsReader settings)
    {
        var file = settings.OptionalText("summary.file", "A file that gets the run's summary as Markdown, beside summary.md in its folder.");
        return new SummaryOptions
        {
            File = file is null ? null : Path.GetFullPath(file, Path.GetFullPath(settings.BaseFolder)),
            StepSummary = settings.Switch("summary.step_summary", true, "Append the summary to the file that GITHUB_STEP_SUMMARY names."),
        };
    }
}
