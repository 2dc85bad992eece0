namespace Signalbox.Server.Jobs.Engine.Catalogue;

/// <summary>The columns of a job that make up an <see cref="EngineJob"/>.</summary>
internal sealed record JobRecord
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required int Priority { get; init; }

    public required string Overlap { get; init; }

    public required int QueueLimit { get; init; }

    public required string ConcurrencyKey { get; init; }

    /// <summary>JSON.</summary>
    public required string Definition { get; init; }
}
