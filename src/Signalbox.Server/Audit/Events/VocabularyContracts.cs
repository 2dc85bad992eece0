namespace Signalbox.Server.Audit.Events;

/// <summary>Every word that records are made of.</summary>
/// <param name="Outcomes"><c>succeeded</c>, <c>failed</c>, <c>denied</c>.</param>
/// <param name="ActorKinds">Kinds of actors, reported ones included.</param>
internal sealed record AuditVocabularyView(
    IReadOnlyList<AuditActionView> Actions, IReadOnlyList<AuditResourceTypeView> ResourceTypes, IReadOnlyList<string> Outcomes, IReadOnlyList<string> ActorKinds);

/// <summary>Something that can be done.</summary>
/// <param name="Name">Such as <c>token.create</c>; one that the settings add may end in <c>.*</c>.</param>
/// <param name="Class"><c>standard</c> or <c>mandatory</c>.</param>
/// <param name="Activity"><c>create</c>, <c>read</c>, <c>update</c>, <c>delete</c> or <c>other</c>.</param>
/// <param name="Reported">Others may report it; what is not is recorded by Signalbox alone.</param>
internal sealed record AuditActionView(string Name, string Class, string Activity, string Description, bool Reported);

/// <summary>Something that can be done something to.</summary>
internal sealed record AuditResourceTypeView(string Name, string Description);
