using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Vocabulary;

/// <summary>What the audit log records about itself.</summary>
internal sealed class AuditVocabulary : IAuditVocabulary
{
    /// <summary>Written by the log alone, in place of the events that it lost.</summary>
    public static AuditAction Gap { get; } = new("audit.gap", AuditClass.Standard, AuditActivity.Other, "Events were lost, and this says how many");

    public static AuditAction Prune { get; } = new("audit.prune", AuditClass.Mandatory, AuditActivity.Delete, "Deleted old records, and kept their hashes");

    public static AuditAction ConfigUpdate { get; } = new("audit.config.update", AuditClass.Mandatory, AuditActivity.Update, "Changed how long records are kept");

    public static AuditAction KeyRotate { get; } = new("audit.key.rotate", AuditClass.Mandatory, AuditActivity.Update, "Put a new signing key in the place of the old one");

    public static AuditAction FilterSave { get; } = new("audit.filter.save", AuditClass.Standard, AuditActivity.Update, "Saved a filter of the audit list");

    public static AuditAction FilterDelete { get; } = new("audit.filter.delete", AuditClass.Standard, AuditActivity.Delete, "Deleted a saved filter of the audit list");

    public static AuditAction EventsReport { get; } = new("audit.events.report", AuditClass.Standard, AuditActivity.Create, "Reported events to the log");

    public static AuditAction CheckpointWitness { get; } = new("audit.checkpoint.witness", AuditClass.Standard, AuditActivity.Create, "Had a checkpoint of another log cosigned");

    public static AuditResourceType Log { get; } = new("audit_log", "The audit log of a tenant");

    public static AuditResourceType Key { get; } = new("audit_key", "A signing key of the audit log");

    public static AuditResourceType Filter { get; } = new("audit_filter", "A saved filter of the audit list");

    public static AuditResourceType Checkpoint { get; } = new("audit_checkpoint", "A checkpoint of a log");

    public IReadOnlyList<AuditAction> Actions { get; } = [Gap, Prune, ConfigUpdate, KeyRotate, FilterSave, FilterDelete, EventsReport, CheckpointWitness];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Log, Key, Filter, Checkpoint];
}
