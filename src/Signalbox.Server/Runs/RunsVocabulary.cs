using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Runs;

/// <summary>What this slice records; what a run itself did is reported to the log by the runner.</summary>
internal sealed class RunsVocabulary : IAuditVocabulary
{
    public static AuditAction RunReport { get; } = new("run.report", AuditClass.Standard, AuditActivity.Create, "Reported a run of cicd-runner");

    public static AuditAction RunUpload { get; } = new("run.upload", AuditClass.Standard, AuditActivity.Update, "Uploaded a part of a run's file");

    public static AuditAction RunDelete { get; } = new("run.delete", AuditClass.Standard, AuditActivity.Delete, "Deleted a run of cicd-runner");

    public static AuditResourceType Run => ReportedVocabulary.Run;

    public IReadOnlyList<AuditAction> Actions { get; } = [RunReport, RunUpload, RunDelete];

    /// <summary>None of its own: runs are known to the log already, because runners report what happens in them.</summary>
    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [];
}
