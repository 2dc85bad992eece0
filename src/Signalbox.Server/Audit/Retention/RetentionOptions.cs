using Signalbox.Settings;

namespace Signalbox.Server.Audit.Retention;

/// <summary>How long records are kept, and how they are deleted.</summary>
/// <param name="Default">For tenants that have no setting of their own.</param>
internal sealed record RetentionOptions(TimeSpan Default)
{
    public const int LeastDays = 1;
    public const int MostDays = 36_500;

    /// <summary>How often is looked for records that are too old.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most rows that are deleted in one transaction.</summary>
    public int DeleteRows { get; init; } = 2048;

    public static RetentionOptions Read(SettingsReader settings) => new(settings.Duration(
        "audit.retention", TimeSpan.FromDays(90), TimeSpan.FromDays(LeastDays), TimeSpan.FromDays(MostDays), "How long audit records are kept where a tenant has no setting of its own; their hashes are kept for good."));
}
