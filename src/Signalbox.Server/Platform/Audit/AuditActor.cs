using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Who did it.</summary>
/// <param name="Kind"><c>user</c>, <c>external-user</c>, <c>token</c> or <c>system</c>; events that were reported may name others, such as <c>agent</c>.</param>
/// <param name="Id">Stable across renames.</param>
/// <param name="Name">For people.</param>
/// <param name="TokenId">The token that was used, where one was.</param>
internal sealed record AuditActor(string Kind, string Id, string Name, string? TokenId = null)
{
    public const string User = "user";
    public const string ExternalUser = "external-user";
    public const string Token = "token";
    public const string SystemKind = "system";

    public static AuditActor System { get; } = new(SystemKind, "system", "Signalbox");

    /// <summary>Somebody who has not proved who they are.</summary>
    public static AuditActor Unknown { get; } = new(User, "unknown", "unknown");

    public static AuditActor Of(Principal principal) => new(KindOf(principal.Kind), principal.Id, principal.Name, principal.Kind == PrincipalKind.Token ? principal.Id : null);

    public static string KindOf(PrincipalKind kind) => kind switch
    {
        PrincipalKind.Token => Token,
        PrincipalKind.User => User,
        PrincipalKind.ExternalUser => ExternalUser,
        PrincipalKind.System => SystemKind,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no kind of principal."),
    };

    public override string ToString() => Kind == SystemKind ? Name : $"{Kind} {Name} ({Id})";
}

/// <summary>What it was done to.</summary>
/// <param name="Name">For people; empty when it has none beside its id.</param>
/// <param name="Path">Where it is to be found, when id and name do not say so.</param>
internal sealed record AuditResource(AuditResourceType Type, string Id, string Name, string? Path = null)
{
    public override string ToString() => Name.Length == 0 || Name == Id ? $"{Type.Name} {Id}" : $"{Type.Name} {Name} ({Id})";
}
