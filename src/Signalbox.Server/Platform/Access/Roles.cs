namespace Signalbox.Server.Platform.Access;

/// <summary>The names of roles on the wire.</summary>
internal static class Roles
{
    private static readonly (Role Role, string Name)[] Names =
    [
        (Role.Viewer, "viewer"), (Role.Operator, "operator"), (Role.ReleaseManager, "release-manager"), (Role.Admin, "admin"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(static pair => pair.Name)];

    public static string NameOf(Role role) => Names.First(pair => pair.Role == role).Name;

    public static bool TryParse(string? name, out Role role)
    {
        role = Names.FirstOrDefault(pair => pair.Name == name).Role;
        return role != default;
    }
}
