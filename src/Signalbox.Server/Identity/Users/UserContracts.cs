using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Users;

/// <summary>A user as the API shows it.</summary>
internal sealed record User
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>The tenant that the user belongs to.</summary>
    public required string Tenant { get; init; }

    /// <summary>Every tenant that the user reaches; "*" means all.</summary>
    public required IReadOnlyList<string> Tenants { get; init; }

    /// <summary>A disabled user has no sessions and cannot sign in.</summary>
    public required bool Disabled { get; init; }

    /// <summary>False as long as the user can only sign in by one-time link.</summary>
    public required bool HasPassword { get; init; }

    public required bool MustSetPassword { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the user or token that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Last sign-in, or last request of an open session, to the minute; null when there was none.</summary>
    public required DateTimeOffset? LastSeenAt { get; init; }

    public static User Of(UserRow row)
    {
        var seen = Math.Max(row.LastSeenAtMs ?? 0, row.LastSignInAtMs ?? 0);
        return new User
        {
            Id = row.Id,
            Name = row.Name,
            Role = row.Role,
            Tenant = row.Tenant,
            Tenants = TenantSpan.FromColumn(row.Tenant, row.Tenants).Names,
            Disabled = row.Disabled,
            HasPassword = row.Password is not null,
            MustSetPassword = row.MustSetPassword,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAtMs),
            CreatedBy = row.CreatedBy,
            LastSeenAt = seen == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(seen),
        };
    }

    /// <summary>As the audit log keeps it.</summary>
    public JsonNode? ToNode() => JsonSerializer.SerializeToNode(this, IdentityJson.Default.User);
}

/// <summary>One page of users, in the order in which they were created.</summary>
internal sealed record UserList(IReadOnlyList<User> Items, string? Next);

/// <summary>Asks for a new user of this tenant.</summary>
internal sealed record CreateUser
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>To be changed at the first sign-in; without it the answer carries a one-time link.</summary>
    public string? Password { get; init; }

    /// <summary>For admins of the tenant default: further tenants that the user reaches, or "*" for all.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    public override string ToString() => $"CreateUser {{ Name = {Name} }}";
}

/// <summary>Changes a user; what is left out stays.</summary>
internal sealed record ChangeUser
{
    public string? Name { get; init; }

    public string? Role { get; init; }

    /// <summary>To be changed at the next sign-in; ends every session of the user.</summary>
    public string? Password { get; init; }

    /// <summary>True ends every session of the user.</summary>
    public bool? Disabled { get; init; }

    /// <summary>For admins of the tenant default: every tenant that the user reaches, or "*" for all.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    public override string ToString() => $"ChangeUser {{ Name = {Name} }}";
}

/// <summary>A new user, with a one-time link when it has no password.</summary>
internal sealed record CreatedUser(User User, UserSignInLink? SignInLink)
{
    public override string ToString() => $"CreatedUser {{ Id = {User.Id} }}";
}

/// <summary>A one-time link, shown this once.</summary>
/// <param name="Path">To be put behind the server's address.</param>
internal sealed record UserSignInLink(string Path, DateTimeOffset ExpiresAt)
{
    public override string ToString() => "UserSignInLink { }";
}
