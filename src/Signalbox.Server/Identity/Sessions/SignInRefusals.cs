using System.Globalization;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>How attempts to sign in are refused; the same words whatever was wrong.</summary>
internal static class SignInRefusals
{
    public static Refusal Failed { get; } =
        new(StatusCodes.Status401Unauthorized, "sign_in_failed", "Not signed in", "The name or the password is wrong, or the user is disabled.");

    public static Refusal LinkExpired { get; } =
        new(StatusCodes.Status401Unauthorized, "link_expired", "Not signed in", "This link was used already or has expired. Restarting the server prints a new one while nobody has a password; an admin can make one at any time.");

    public static Refusal Slowed(TimeSpan wait)
    {
        var seconds = (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        return new Refusal(
            StatusCodes.Status429TooManyRequests,
            "sign_in_slowed",
            "Slow down",
            string.Create(CultureInfo.InvariantCulture, $"Too many failed attempts. Try again in {seconds} s."))
        {
            RetryAfterSeconds = seconds,
        };
    }
}
