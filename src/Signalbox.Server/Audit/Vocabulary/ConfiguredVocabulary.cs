using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Vocabulary;

/// <summary>What the settings add to what may be reported.</summary>
internal sealed class ConfiguredVocabulary(VocabularyOptions options) : IAuditVocabulary
{
    public bool IsReported => true;

    public IReadOnlyList<AuditAction> Actions { get; } =
        [.. options.Actions.Select(static name => new AuditAction(name, AuditClass.Standard, AuditActivity.Other, $"Of the settings ({VocabularyOptions.ActionsKey})"))];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } =
        [.. options.ResourceTypes.Select(static name => new AuditResourceType(name, $"Of the settings ({VocabularyOptions.ResourceTypesKey})"))];
}
