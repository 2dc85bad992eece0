using System.Diagnostics.CodeAnalysis;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Everything that the log can tell of: the vocabularies of all slices, and what the settings add.</summary>
internal sealed class AuditVocabularies
{
    private const char Any = '*';

    private readonly Dictionary<string, AuditAction> _actions;
    private readonly Dictionary<string, AuditResourceType> _types;
    private readonly AuditAction[] _openActions;
    private readonly AuditResourceType[] _openTypes;

    /// <exception cref="StartupException">A name is there twice.</exception>
    public AuditVocabularies(IEnumerable<IAuditVocabulary> vocabularies)
    {
        IReadOnlyList<IAuditVocabulary> all = [.. vocabularies];
        _actions = Index(all.SelectMany(static vocabulary => vocabulary.Actions), static action => action.Name, "action");
        _types = Index(all.SelectMany(static vocabulary => vocabulary.ResourceTypes), static type => type.Name, "resource type");
        // The longest beginning is the most particular, so it is tried first.
        _openActions = [.. _actions.Values.Where(static action => action.Name.EndsWith(Any)).OrderByDescending(static action => action.Name.Length)];
        _openTypes = [.. _types.Values.Where(static type => type.Name.EndsWith(Any)).OrderByDescending(static type => type.Name.Length)];
    }

    /// <summary>In order of name.</summary>
    public IEnumerable<AuditAction> Actions => _actions.Values.OrderBy(static action => action.Name, StringComparer.Ordinal);

    /// <inheritdoc cref="Actions"/>
    public IEnumerable<AuditResourceType> ResourceTypes => _types.Values.OrderBy(static type => type.Name, StringComparer.Ordinal);

    /// <summary>The action of that name, or the open one that covers it, under that name.</summary>
    public bool TryFindAction(string name, [NotNullWhen(true)] out AuditAction? action)
    {
        if (name.EndsWith(Any))
        {
            action = null;
            return false;
        }

        action = _actions.GetValueOrDefault(name) ?? (Array.Find(_openActions, open => Covers(open.Name, name)) is { } found ? found with { Name = name } : null);
        return action is not null;
    }

    /// <inheritdoc cref="TryFindAction"/>
    public bool TryFindResourceType(string name, [NotNullWhen(true)] out AuditResourceType? type)
    {
        if (name.EndsWith(Any))
        {
            type = null;
            return false;
        }

        type = _types.GetValueOrDefault(name) ?? (Array.Find(_openTypes, open => Covers(open.Name, name)) is { } found ? found with { Name = name } : null);
        return type is not null;
    }

    private static bool Covers(string pattern, string name) => name.Length >= pattern.Length && name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal);

    private static Dictionary<string, T> Index<T>(IEnumerable<T> items, Func<T, string> name, string what)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!index.TryAdd(name(item), item))
            {
                throw new StartupException($"The audit {what} {name(item)} is declared twice.");
            }
        }

        return index;
    }
}
