using System.Reflection;
using System.Runtime.InteropServices;

namespace Signalbox.Server.Audit.Keys;

/// <summary>The functions of OpenSSL's libcrypto that .NET has no class for: Ed25519, and SHA-256 without a context on the heap.</summary>
/// <remarks>On Linux .NET itself needs the library. Source: https://docs.openssl.org/3.0/man7/EVP_PKEY-X25519/, https://docs.openssl.org/3.0/man3/EVP_DigestSignInit/</remarks>
internal static class LibCrypto
{
    /// <summary>OpenSSL's number of the algorithm Ed25519.</summary>
    public const int Ed25519 = 1087;

    private const string Library = "signalbox-libcrypto";

    private static readonly string[] Names =
    [
        "libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so", "libcrypto.3.dylib", "libcrypto.dylib", "/opt/homebrew/lib/libcrypto.3.dylib", "/usr/local/lib/libcrypto.3.dylib",
        "libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll", "libcrypto-1_1-x64.dll",
    ];

    private static readonly IntPtr Handle = Load();

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, static (name, _, _) => name == Library ? Handle : IntPtr.Zero);

    public static bool IsPresent => Handle != IntPtr.Zero;

    [DllImport(Library, EntryPoint = "SHA256_Init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Sha256Init(ref Sha256State state);

    [DllImport(Library, EntryPoint = "SHA256_Update")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Sha256Update(ref Sha256State state, ref byte data, nuint length);

    [DllImport(Library, EntryPoint = "SHA256_Final")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Sha256Final(ref byte hash, ref Sha256State state);

    [DllImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern EvpKey NewPrivateKey(int type, IntPtr engine, ref byte key, nuint length);

    [DllImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern EvpKey NewPublicKey(int type, IntPtr engine, ref byte key, nuint length);

    [DllImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int PublicKeyOf(EvpKey key, ref byte publicKey, ref nuint length);

    [DllImport(Library, EntryPoint = "EVP_PKEY_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void FreeKey(IntPtr key);

    [DllImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern EvpDigest NewDigest();

    [DllImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void FreeDigest(IntPtr digest);

    [DllImport(Library, EntryPoint = "EVP_DigestSignInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SignInit(EvpDigest digest, IntPtr keyContext, IntPtr hash, IntPtr engine, EvpKey key);

    [DllImport(Library, EntryPoint = "EVP_DigestSign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Sign(EvpDigest digest, ref byte signature, ref nuint signatureLength, ref byte message, nuint length);

    [DllImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int VerifyInit(EvpDigest digest, IntPtr keyContext, IntPtr hash, IntPtr engine, EvpKey key);

    [DllImport(Library, EntryPoint = "EVP_DigestVerify")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Verify(EvpDigest digest, ref byte signature, nuint signatureLength, ref byte message, nuint length);

    /// <summary>Empties the thread's queue of errors, in which .NET's own calls would otherwise find ours.</summary>
    [DllImport(Library, EntryPoint = "ERR_clear_error")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void ClearErrors();

    private static IntPtr Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories, out var handle))
            {
                return handle;
            }
        }

        return IntPtr.Zero;
    }
}
