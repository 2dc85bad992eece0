namespace Signalbox.Server.Jobs.Definitions;

/// <summary>One job as stored.</summary>
internal sealed record JobRow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required bool Enabled { get; init; }

    /// <summary><see cref="SourceApi"/> or <see cref="SourceFile"/>.</summary>
    public required string Source { get; init; }

    public string? FilePath { get; init; }

    /// <summary>The request as JSON with its defaults filled in; <c>enabled</c> is the column, <c>schedule.after.task</c> is an id.</summary>
    public required string Definition { get; init; }

    public required string Kind { get; init; }

    public required int Priority { get; init; }

    public required string Overlap { get; init; }

    public required int QueueLimit { get; init; }

    public required string ConcurrencyKey { get; init; }

    public long? NextNominalAtMs { get; init; }

    public required long ReconciledUntilMs { get; init; }

    public string? AfterJobId { get; init; }

    public required long CreatedAtMs { get; init; }

    public required string CreatedBy { get; init; }

    public required long UpdatedAtMs { get; init; }

    public required string UpdatedBy { get; init; }

    public const string SourceApi = "api";
    public const string SourceFile = "file";

    // A record's text ends up in logs sooner or later; headers and variables must not.
    public override string ToString() => $"JobRow {{ Id = {Id} }}";
}
