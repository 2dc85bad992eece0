using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Events;

/// <summary>Shows the words that records are made of.</summary>
internal sealed class VocabularyQuery(AuditVocabularies vocabularies)
{
    public AuditVocabularyView Show() => new(
        [.. vocabularies.Actions.Select(static action => new AuditActionView(action.Name, EntryWords.NameOf(action.Class), EntryWords.NameOf(action.Activity), action.Description))],
        [.. vocabularies.ResourceTypes.Select(static type => new AuditResourceTypeView(type.Name, type.Description))],
        EntryWords.Outcomes,
        EntryWords.ActorKinds);
}
