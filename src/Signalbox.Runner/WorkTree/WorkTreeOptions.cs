using Signalbox.Settings;

namespace Signalbox.Runner.WorkTree;

/// <summary>How far the work tree is looked at before and after a run.</summary>
internal sealed record WorkTreeOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Files that are looked at where there is no git, and changed or untracked ones where there is; further ones are counted as omitted. 1 – 10,000,000, default 200,000.</summary>
    public int MaxFiles { get; init; } = 200_000;

    /// <summary>Bytes that are read and hashed at a time; larger trees are compared by size and time beyond it. 0 – 1 TiB, default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Bytes of content that are kept to show what changed in it: of files that are not as in git's index, or of all where there is no git. 0 – 10 GiB, default 32 MiB.</summary>
    public long MaxKeptBytes { get; init; } = 32L << 20;

    /// <summary>Largest file of which a difference is shown. 0 – 64 MiB, default 1 MiB.</summary>
    public long MaxDiffFileBytes { get; init; } = 1L << 20;

    /// <summary>Length of one shown difference in UTF-16 units; what is longer is cut. 0 – 1,048,576, default 16,384.</summary>
    public int MaxDiffLength { get; init; } = 16_384;

    /// <summary>Length of all shown differences together, so that the report stays within what is taken by a server. 0 – 64 Mi, default 2 Mi.</summary>
    public int MaxShownLength { get; init; } = 2 << 20;

    /// <summary>Changes that are told; further ones are counted as omitted. 1 – 100,000, default 5,000.</summary>
    public int MaxChanges { get; init; } = 5000;

    /// <summary>Patterns of paths that are not compared.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    public static WorkTreeOptions Read(SettingsReader settings)
    {
        var defaults = new WorkTreeOptions();
        return new WorkTreeOptions
        {
            Enabled = settings.Switch("worktree.enabled", defaults.Enabled, "Whether the work tree is compared with what it was before the run."),
            MaxFiles = (int)settings.Integer("worktree.max_files", defaults.MaxFiles, 1, 10_000_000, "Files that are looked at: all without git, changed and untracked ones with git. Further ones are counted as omitted."),
            MaxBytes = settings.Bytes("worktree.max_bytes", defaults.MaxBytes, 0, 1L << 40, "Bytes that are hashed before and after a run; files beyond are compared by size and time."),
            MaxKeptBytes = settings.Bytes("worktree.max_kept_bytes", defaults.MaxKeptBytes, 0, 10L << 30, "Bytes of content kept during a run, to show what changed: of files that differ from git's index, or of all where there is no git."),
            MaxDiffFileBytes = settings.Bytes("worktree.max_diff_file", defaults.MaxDiffFileBytes, 0, 64L << 20, "Largest file of which lines are compared."),
            MaxDiffLength = (int)settings.Integer("worktree.max_diff_length", defaults.MaxDiffLength, 0, 1 << 20, "Characters of one difference that are shown; the lines are counted all the same."),
            MaxShownLength = (int)settings.Integer("worktree.max_diffs_length", defaults.MaxShownLength, 0, 64 << 20, "Characters of all differences together; of further ones the lines are only counted."),
            MaxChanges = (int)settings.Integer("worktree.max_changes", defaults.MaxChanges, 1, 100_000, "Changed files that are told; further ones are counted as omitted."),
            Ignore = settings.List("worktree.ignore", "Paths that are not compared: docs/**, *.log. * is any text without /, ** any text."),
        };
    }
}
