using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Runner.Auditing;

/// <summary>Makes ids from what they stand for, so that a record has the same one however often it is made.</summary>
/// <remarks>The first 16 bytes of a SHA-256, with version 8 and the variant set. Source: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8</remarks>
internal static class AuditIds
{
    /// <param name="key">A call's id, or what else tells one thing of the run from another.</param>
    /// <param name="ordinal">Among several records of the same key.</param>
    public static string Of(string runId, string key, int ordinal)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{runId}\n{key}\n{ordinal}")), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }
}
