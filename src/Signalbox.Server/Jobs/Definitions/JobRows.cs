using Signalbox.Scheduling;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Makes the row of a job from its definition.</summary>
internal static class JobRows
{
    public static JobRow New(string id, JobActor actor, JobDefinition definition, string? file, long nowMs) => With(
        new JobRow
        {
            Id = id,
            Tenant = actor.Tenant,
            Name = definition.Name,
            Version = 0,
            Enabled = definition.Enabled ?? true,
            Source = file is null ? JobRow.SourceApi : JobRow.SourceFile,
            FilePath = file,
            Definition = string.Empty,
            Kind = string.Empty,
            Priority = 0,
            Overlap = string.Empty,
            QueueLimit = 0,
            ConcurrencyKey = string.Empty,
            ReconciledUntilMs = nowMs,
            CreatedAtMs = nowMs,
            CreatedBy = actor.Name,
            UpdatedAtMs = nowMs,
            UpdatedBy = actor.Name,
        },
        actor,
        definition,
        nowMs);

    /// <summary>The next version of a job.</summary>
    public static JobRow With(JobRow row, JobActor actor, JobDefinition definition, long nowMs) => row with
    {
        Name = definition.Name,
        Version = row.Version + 1,
        Enabled = definition.Enabled ?? row.Enabled,
        Definition = DefinitionWriter.ToJson(definition),
        Kind = definition.Work.Kind,
        Priority = definition.Priority,
        Overlap = WireNames.Format(definition.Overlap.Mode),
        QueueLimit = definition.Overlap.QueueLimit,
        ConcurrencyKey = definition.ConcurrencyGroup is { } group ? $"{row.Tenant}/{group}" : row.Id,
        AfterJobId = definition.After?.Task,
        UpdatedAtMs = nowMs,
        UpdatedBy = actor.Name,
    };
}
