using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>A tenant as the API shows it.</summary>
/// <param name="Name">1–63 characters of a–z, 0–9 and '-', starting with a letter; never changes.</param>
internal sealed record Tenant(string Name, string DisplayName, DateTimeOffset CreatedAt)
{
    public static Tenant Of(TenantRow row) => new(row.Name, row.DisplayName, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAtMs));

    /// <summary>As the audit log keeps it.</summary>
    public JsonNode? ToNode() => JsonSerializer.SerializeToNode(this, IdentityJson.Default.Tenant);
}

/// <summary>One page of the tenants that the caller reaches, by name.</summary>
internal sealed record TenantList(IReadOnlyList<Tenant> Items, string? Next);

/// <summary>Asks for a new tenant.</summary>
internal sealed record CreateTenant
{
    /// <summary>1–63 characters of a–z, 0–9 and '-', starting with a letter.</summary>
    public required string Name { get; init; }

    /// <summary>For people; the name without it.</summary>
    public string? DisplayName { get; init; }
}
