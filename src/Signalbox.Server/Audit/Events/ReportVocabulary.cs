using System.Diagnostics.CodeAnalysis;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Events;

/// <summary>What may be reported: what others do. What Signalbox does it records itself, and takes nobody's word for.</summary>
internal sealed class ReportVocabulary(AuditVocabularies vocabularies, IEnumerable<IAuditVocabulary> all)
{
    private readonly HashSet<string> _own = [.. all.Where(static vocabulary => !vocabulary.IsReported).SelectMany(static vocabulary => vocabulary.Actions).Select(static action => action.Name)];

    /// <summary>Stands where an action is wrong, until that has been told.</summary>
    public static AuditAction Unknown { get; } = new("unknown", AuditClass.Standard, AuditActivity.Other, string.Empty);

    /// <summary>Stands where a resource is wrong, until that has been told.</summary>
    public static AuditResource Nothing { get; } = new(new AuditResourceType("unknown", string.Empty), string.Empty, string.Empty);

    public bool IsOwn(string action) => _own.Contains(action);

    /// <returns>Why it may not be reported; null when it may.</returns>
    public string? Refuse(string name, out AuditAction? action)
    {
        if (IsOwn(name))
        {
            action = null;
            return $"'{name}' is recorded by Signalbox itself, and cannot be reported.";
        }

        return vocabularies.TryFindAction(name, out action)
            ? null
            : $"'{name}' is no action that this log knows. GET /api/v1/audit/vocabulary lists them; the setting audit.actions adds others (such as {name}), and app/{name} is taken as it is.";
    }

    public bool TryFindType(string name, [NotNullWhen(true)] out AuditResourceType? type) => vocabularies.TryFindResourceType(name, out type);
}
