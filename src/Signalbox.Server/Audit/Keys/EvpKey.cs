using Microsoft.Win32.SafeHandles;

namespace Signalbox.Server.Audit.Keys;

/// <summary>A key of libcrypto.</summary>
internal sealed class EvpKey : SafeHandleZeroOrMinusOneIsInvalid
{
    public EvpKey()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeKey(handle);
        return true;
    }
}
