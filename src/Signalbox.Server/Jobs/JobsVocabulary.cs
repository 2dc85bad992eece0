using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Jobs;

/// <summary>What this slice records.</summary>
internal sealed class JobsVocabulary : IAuditVocabulary
{
    public static AuditAction TaskCreate { get; } = new("task.create", AuditClass.Standard, AuditActivity.Create, "Created a job");

    public static AuditAction TaskUpdate { get; } = new("task.update", AuditClass.Standard, AuditActivity.Update, "Changed a job");

    public static AuditAction TaskEnable { get; } = new("task.enable", AuditClass.Standard, AuditActivity.Update, "Enabled a job");

    public static AuditAction TaskDisable { get; } = new("task.disable", AuditClass.Standard, AuditActivity.Update, "Disabled a job");

    public static AuditAction TaskDelete { get; } = new("task.delete", AuditClass.Standard, AuditActivity.Delete, "Deleted a job");

    public static AuditAction TaskTrigger { get; } = new("task.trigger", AuditClass.Standard, AuditActivity.Other, "Ran a job by hand");

    public static AuditAction TaskPreview { get; } = new("task.preview", AuditClass.Standard, AuditActivity.Read, "Looked ahead at a schedule");

    public static AuditAction ExecutionCancel { get; } = new("execution.cancel", AuditClass.Standard, AuditActivity.Update, "Asked an execution to end");

    public static AuditAction ExecutionFinish { get; } = new("execution.finish", AuditClass.Standard, AuditActivity.Other, "An execution ended");

    public static AuditAction FilesPlan { get; } = new("job_files.plan", AuditClass.Standard, AuditActivity.Read, "Looked at what applying the jobs folder would change");

    public static AuditAction FilesApply { get; } = new("job_files.apply", AuditClass.Standard, AuditActivity.Update, "Applied the jobs folder");

    public static AuditResourceType Task { get; } = new("task", "A job");

    public static AuditResourceType Execution { get; } = new("execution", "One run of a job");

    public static AuditResourceType Files { get; } = new("job_files", "The jobs folder");

    public static AuditResourceType Schedule { get; } = new("schedule", "A schedule that belongs to no job yet");

    public IReadOnlyList<AuditAction> Actions { get; } =
        [TaskCreate, TaskUpdate, TaskEnable, TaskDisable, TaskDelete, TaskTrigger, TaskPreview, ExecutionCancel, ExecutionFinish, FilesPlan, FilesApply];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Task, Execution, Files, Schedule];
}
