namespace Signalbox.Server.Audit.Retention;

/// <summary>How long a tenant's records are kept.</summary>
/// <param name="ChangedAt">When it was set; null for the default of the settings.</param>
/// <param name="ChangedBy">Name of whoever set it; null for the default.</param>
internal sealed record RetentionSetting(TimeSpan Retention, DateTimeOffset? ChangedAt, string? ChangedBy)
{
    public bool IsDefault => ChangedAt is null;

    /// <summary>The setting as the log and its readers name it.</summary>
    public string Policy => FormattableString.Invariant($"retention {(long)Retention.TotalDays}d");
}
