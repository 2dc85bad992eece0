using System.Text.Json;
using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity.Jwt;

/// <summary>Reads from a token's claims who somebody is here.</summary>
internal static class JwtClaims
{
    private static readonly string[] NameClaims = ["preferred_username", "name", "email"];

    /// <summary>The texts of a claim: one, or those of a list. A claim whose own name has dots wins over a path.</summary>
    public static IReadOnlyList<string> Texts(JsonElement claims, string claim) =>
        claims.TryGetProperty(claim, out var value) ? TextsOf(value)
        : Walk(claims, claim.Split('.')) is { } inner ? TextsOf(inner)
        : [];

    /// <summary>What people call the subject; its id when the token says nothing better.</summary>
    public static string NameOf(JsonElement claims, string subject) =>
        NameClaims.Select(claim => Texts(claims, claim)).FirstOrDefault(static texts => texts.Count > 0)?[0] ?? subject;

    /// <summary>The highest role that the values mean; null when they mean none.</summary>
    public static Role? RoleOf(IEnumerable<string> values, JwtOptions options)
    {
        var roles = values
            .Select(value => options.RoleMap.Count > 0 ? options.RoleMap.GetValueOrDefault(value) : Roles.TryParse(value, out var role) ? role : default)
            .Where(static role => role != default)
            .ToList();
        return roles.Count == 0 ? null : roles.Max();
    }

    private static JsonElement? Walk(JsonElement value, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return null;
            }
        }

        return value;
    }

    private static IReadOnlyList<string> TextsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)],
        _ => [],
    };
}
