using System.Runtime.InteropServices;

namespace Signalbox.Server.Audit.Keys;

/// <summary>Room for libcrypto's SHA256_CTX, which has 112 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct Sha256State
{
    /// <summary>Aligns the rest as the library expects it.</summary>
    public ulong First;
}
