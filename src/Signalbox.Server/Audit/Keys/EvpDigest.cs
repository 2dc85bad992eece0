using Microsoft.Win32.SafeHandles;

namespace Signalbox.Server.Audit.Keys;

/// <summary>A context of libcrypto in which one signature is made or checked.</summary>
internal sealed class EvpDigest : SafeHandleZeroOrMinusOneIsInvalid
{
    public EvpDigest()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeDigest(handle);
        return true;
    }
}
