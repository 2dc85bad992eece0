using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Signalbox.Server.Identity.Users;

/// <summary>PBKDF2-HMAC-SHA256 of a password with a salt of its own, stored with its parameters so that they can grow.</summary>
/// <remarks>
/// Stored as <c>pbkdf2-sha256$ROUNDS$SALT$HASH</c>, salt (16 bytes) and hash (32 bytes) in base64url.
/// Source: https://www.rfc-editor.org/rfc/rfc8018#section-5.2
/// </remarks>
internal static class PasswordHash
{
    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltSize = 16;
    private const int HashSize = 32;

    public static string Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashSize);
        return string.Create(CultureInfo.InvariantCulture, $"{Algorithm}${iterations}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(hash)}");
    }

    /// <summary>A hash that no password has, and that takes as long to compare with as any other.</summary>
    public static string Nobodys(int iterations) => string.Create(
        CultureInfo.InvariantCulture, $"{Algorithm}${iterations}${Base64Url.EncodeToString(new byte[SaltSize])}${Base64Url.EncodeToString(new byte[HashSize])}");

    /// <summary>Compares in a time that does not depend on where the difference is.</summary>
    /// <param name="iterations">What a password is hashed with today.</param>
    /// <exception cref="FormatException">The stored text was not made by <see cref="Create"/>.</exception>
    public static PasswordVerdict Verify(string stored, string password, int iterations)
    {
        if (stored.Split('$') is not [Algorithm, var rounds, var salt, var hash] || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var used))
        {
            throw new FormatException("A stored password is not in a form that this version knows.");
        }

        var expected = Base64Url.DecodeFromChars(hash);
        var actual = Rfc2898DeriveBytes.Pbkdf2(password, Base64Url.DecodeFromChars(salt), used, HashAlgorithmName.SHA256, expected.Length);
        return !CryptographicOperations.FixedTimeEquals(expected, actual) ? PasswordVerdict.Wrong
            : used < iterations ? PasswordVerdict.RightButWeak
            : PasswordVerdict.Right;
    }
}

/// <summary>What checking a password led to.</summary>
internal enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and stored with fewer rounds than are used today.</summary>
    RightButWeak,
}
