namespace Signalbox.Server.Identity.Sessions;

/// <summary>Who is signed in, and where.</summary>
internal sealed record SessionInfo
{
    public required SessionUser User { get; init; }

    /// <summary>Name of the tenant that the console shows.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenants that can be chosen.</summary>
    public required IReadOnlyList<TenantName> Tenants { get; init; }

    /// <summary>Goes into X-CSRF-Token of every request that is not a GET.</summary>
    public required string CsrfToken { get; init; }

    /// <summary>Version of the server.</summary>
    public required string Version { get; init; }

    // A record's text ends up in logs sooner or later; the CSRF token must not.
    public override string ToString() => $"SessionInfo {{ User = {User.Id} }}";
}

/// <summary>The user of a session.</summary>
internal sealed record SessionUser(string Id, string Name, string Role, bool MustSetPassword);

/// <summary>A tenant to choose.</summary>
internal sealed record TenantName(string Name, string DisplayName);

/// <summary>Asks for a session by name and password.</summary>
internal sealed record SignInRequest
{
    public required string Name { get; init; }

    public required string Password { get; init; }

    /// <summary>The tenant to enter; the user's own without it, which is looked for in the tenant default.</summary>
    public string? Tenant { get; init; }

    public override string ToString() => $"SignInRequest {{ Name = {Name} }}";
}

/// <summary>Asks for a session by one-time link.</summary>
internal sealed record LinkSignInRequest
{
    /// <summary>What follows <c>#link=</c>.</summary>
    public required string Token { get; init; }

    public override string ToString() => "LinkSignInRequest { }";
}

/// <summary>Sets the user's own password.</summary>
internal sealed record PasswordRequest
{
    /// <summary>Needed unless the user has no password yet.</summary>
    public string? CurrentPassword { get; init; }

    public required string NewPassword { get; init; }

    public override string ToString() => "PasswordRequest { }";
}

/// <summary>Chooses the tenant that the console shows.</summary>
internal sealed record TenantRequest
{
    public required string Tenant { get; init; }
}
