using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>What several use cases about users refuse.</summary>
internal static class UserRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("user_not_found", "There is no such user in this tenant.");

    public static Refusal OwnPassword { get; } =
        Refusal.Conflict("own_password", "Change your own password with PUT /api/v1/session/password, which asks for the current one.");

    public static Refusal NameTaken(string name) => Refusal.Conflict("user_name_taken", $"This tenant has a user named {name} already; upper and lower case count as the same.");
}
