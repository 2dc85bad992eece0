using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Events;

/// <summary>The words for what records tell of, as the API writes them.</summary>
internal static class EntryWords
{
    public static IReadOnlyList<string> Outcomes { get; } = ["succeeded", "failed", "denied"];

    /// <summary>Who may be named as having done something that was reported.</summary>
    public static IReadOnlyList<string> ActorKinds { get; } = ["user", "external-user", "token", "agent", "job", "service", "system"];

    public static string NameOf(AuditClass value) => value == AuditClass.Mandatory ? "mandatory" : "standard";

    public static string NameOf(AuditActivity value) => value switch
    {
        AuditActivity.Create => "create",
        AuditActivity.Read => "read",
        AuditActivity.Update => "update",
        AuditActivity.Delete => "delete",
        _ => "other",
    };

    public static bool TryParse(string text, out AuditOutcome outcome)
    {
        var index = Outcomes.ToList().IndexOf(text);
        outcome = index < 0 ? default : (AuditOutcome)index;
        return index >= 0;
    }
}
