using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Events;

/// <summary>Shows the words that records are made of.</summary>
internal sealed class VocabularyQuery(AuditVocabularies vocabularies, ReportVocabulary reported)
{
    public AuditVocabularyView Show() => new(
        [.. vocabularies.Actions.Select(action => new AuditActionView(action.Name, EntryWords.NameOf(action.Class), EntryWords.NameOf(action.Activity), action.Description, !reported.IsOwn(action.Name)))],
        [.. vocabularies.ResourceTypes.Select(static type => new AuditResourceTypeView(type.Name, type.Description))],
        EntryWords.Outcomes,
        EntryWords.ActorKinds);
}
