using System.Collections.Immutable;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>Knows every tenant without asking the database, because each request may name one.</summary>
internal sealed class TenantDirectory : ITenantCount
{
    private ImmutableSortedDictionary<string, TenantRow> _tenants = ImmutableSortedDictionary<string, TenantRow>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>In order of name.</summary>
    public IEnumerable<TenantRow> All => _tenants.Values;

    public int Count => _tenants.Count;

    public bool Exists(string name) => _tenants.ContainsKey(name);

    /// <summary>Takes in every tenant that the database knows.</summary>
    public async Task LoadAsync(ControlDatabase database, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(TenantStore.ListAsync, cancellationToken);

        // Tenants are never deleted; one that was added here since the list was read must not be forgotten again.
        ImmutableInterlocked.Update(ref _tenants, static (tenants, read) => tenants.SetItems(read.Select(static row => KeyValuePair.Create(row.Name, row))), rows);
    }

    /// <summary>Makes a committed tenant known.</summary>
    public void Add(TenantRow tenant) => ImmutableInterlocked.Update(ref _tenants, static (tenants, added) => tenants.SetItem(added.Name, added), tenant);
}
