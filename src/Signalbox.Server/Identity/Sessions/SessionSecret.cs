using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The random texts behind sessions and one-time links, and the CSRF token that goes with a session.</summary>
internal static class SessionSecret
{
    /// <summary>Characters of base64url for 32 random bytes.</summary>
    public const int Length = 43;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool LooksLikeOne(string text) => text.Length == Length;

    /// <summary>The CSRF token is computed from the secret, so that nothing more is stored: whoever knows one session cannot know another's.</summary>
    public static SessionKey KeyOf(string secret) => new(
        SecretHash.Of(secret),
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), "Signalbox CSRF token"u8)));
}
