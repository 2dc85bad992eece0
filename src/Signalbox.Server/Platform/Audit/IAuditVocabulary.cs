namespace Signalbox.Server.Platform.Audit;

/// <summary>The actions and resource types that one slice records; registered as a singleton.</summary>
internal interface IAuditVocabulary
{
    IReadOnlyList<AuditAction> Actions { get; }

    IReadOnlyList<AuditResourceType> ResourceTypes { get; }

    /// <summary>Others report these actions through the API; what is not reported the house records itself, and takes nobody's word for.</summary>
    bool IsReported => false;
}
