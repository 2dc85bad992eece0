using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Records the ends of executions in the audit log, as far as <c>audit.executions</c> asks for it.</summary>
internal sealed class ExecutionRecords(IAuditTrail audit, EngineOptions options)
{
    private const string Succeeded = "succeeded";

    /// <summary>Inside the transaction in which an execution ends.</summary>
    public Task RecordAsync(ControlSession session, Ending ending, EndingTarget target)
    {
        var isGood = ending.State == Succeeded;
        if (options.Audited == AuditedExecutions.None || (options.Audited == AuditedExecutions.Failed && isGood))
        {
            return Task.CompletedTask;
        }

        var asked = target.RequestedBy is { } name ? new AuditActor(AuditActor.User, name, name) : null;
        var auditEvent = new AuditEvent(target.Tenant, AuditActor.System, JobsVocabulary.ExecutionFinish, new AuditResource(JobsVocabulary.Execution, target.Id, target.JobName))
            {
                TraceId = target.TraceId,
                Source = "job",
            }
            .OnBehalfOf(asked)
            .With("task", target.JobId)
            .With("state", ending.State)
            .With("trigger", target.TriggerKind)
            .With("attempt", target.Attempt)
            .With("exitCode", ending.ExitCode);
        return audit.RecordAsync(session, isGood ? auditEvent : auditEvent.Failed(ending.Error?.Message ?? ending.CancelReason ?? target.CancelReason ?? ending.State));
    }
}

/// <summary>Which executions leave a record when they end.</summary>
internal enum AuditedExecutions
{
    All,
    Failed,
    None,
}
