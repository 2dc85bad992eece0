using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The one-time links by which users sign in who have no password yet.</summary>
internal sealed class SignInLinks(IdentityRules rules)
{
    /// <summary>Makes a link; the user's earlier ones stop working.</summary>
    public async Task<SignInLink> CreateAsync(ControlSession session, string userId)
    {
        await DeleteOfUserAsync(session, userId);
        return await AddAsync(session, userId);
    }

    /// <summary>Makes a link beside the user's earlier ones; the first that is used ends all of them.</summary>
    public async Task<SignInLink> AddAsync(ControlSession session, string userId)
    {
        var link = new SignInLink(SessionSecret.Create(), rules.Clock.GetUtcNow() + rules.Options.SignIn.LinkLife);
        await session.ExecuteAsync(
            "INSERT INTO sign_in_links (hash, user_id, expires_at_ms) VALUES (@hash, @userId, @expiresAtMs)",
            new { hash = SecretHash.Of(link.Secret).ToBytes(), userId, expiresAtMs = link.ExpiresAt.ToUnixTimeMilliseconds() });
        return link;
    }

    /// <summary>Uses a link up.</summary>
    /// <returns>The id of its user; null when it is unknown, used or expired.</returns>
    public async Task<string?> TakeAsync(ControlSession session, SecretHash hash)
    {
        var link = new { hash = hash.ToBytes(), nowMs = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var userId = await session.FindAsync<string>("SELECT user_id FROM sign_in_links WHERE hash = @hash AND expires_at_ms > @nowMs", link);

        // Of two who come with the same link at the same time, only one deletes it.
        if (userId is null || await session.ExecuteAsync("DELETE FROM sign_in_links WHERE hash = @hash", new { link.hash }) == 0)
        {
            return null;
        }

        await DeleteOfUserAsync(session, userId);
        return userId;
    }

    public static Task DeleteOfUserAsync(ControlSession session, string userId) => session.ExecuteAsync("DELETE FROM sign_in_links WHERE user_id = @userId", new { userId });

    /// <returns>How many had expired.</returns>
    public static Task<int> DeleteExpiredAsync(ControlSession session, long nowMs) => session.ExecuteAsync("DELETE FROM sign_in_links WHERE expires_at_ms <= @nowMs", new { nowMs });
}

/// <summary>A new one-time link; its secret is handed out once.</summary>
internal sealed record SignInLink(string Secret, DateTimeOffset ExpiresAt)
{
    /// <summary>Where the console takes it; after the hash, so that no server and no proxy logs it.</summary>
    public string Path => $"/sign-in#link={Secret}";

    public override string ToString() => "SignInLink { }";
}
