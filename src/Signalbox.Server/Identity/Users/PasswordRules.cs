using System.Globalization;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>What a password must be like: long, and not the obvious.</summary>
/// <remarks>Length is what counts; rules about kinds of characters only make people write <c>Password1!</c>. Source: https://pages.nist.gov/800-63-4/sp800-63b.html</remarks>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;

    private const int FewestDifferent = 5;

    /// <summary>Why the password is refused, with every reason; null when it is fine.</summary>
    /// <param name="member">Name of the member of the request that holds it.</param>
    public static Refusal? Check(string member, string password, string userName)
    {
        var reasons = Reasons(password, userName).ToArray();
        if (reasons.Length == 0)
        {
            return null;
        }

        var sentences = reasons.Select(static reason => reason.Sentence).ToArray();
        return new Refusal(StatusCodes.Status400BadRequest, "password_refused", "Bad request", string.Join(' ', sentences))
        {
            More = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["reasons"] = reasons.Select(static reason => reason.Code).ToArray(),
                ["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = sentences },
            },
        };
    }

    private static IEnumerable<(string Code, string Sentence)> Reasons(string password, string userName)
    {
        if (password.Length < Shortest)
        {
            yield return ("too_short", string.Create(CultureInfo.InvariantCulture, $"The password needs at least {Shortest} characters."));
        }

        if (password.Length > Longest)
        {
            yield return ("too_long", string.Create(CultureInfo.InvariantCulture, $"The password may have at most {Longest} characters."));
        }

        if (password.Length >= Shortest && password.Distinct().Count() < FewestDifferent)
        {
            yield return ("too_uniform", string.Create(CultureInfo.InvariantCulture, $"The password needs at least {FewestDifferent} different characters."));
        }

        if (userName.Length >= 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase) && password.Length - userName.Length < Shortest)
        {
            yield return ("contains_name", "The password contains the user's name and little else.");
        }
    }
}
