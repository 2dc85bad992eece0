using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Platform;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs.Running.Http;

/// <summary>The key that HTTP jobs are signed with: the one that was set, or one that is made once and kept in the data folder.</summary>
internal sealed class SigningKey(RunningOptions options, DataFolder data)
{
    public const string FileName = "jobs-http-signing-key";

    private readonly Lock _gate = new();
    private byte[]? _key = options.Http.SigningKey;

    /// <summary>The key of a tenant: of the tenant default the server's own, of all others one that is made of it and their name.</summary>
    /// <remarks>With one key for all, any tenant could have the server sign what it likes, send it to another tenant's receiver, and be believed there.</remarks>
    /// <exception cref="IOException">The data folder cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public byte[] For(TenantId tenant)
    {
        byte[] key;
        lock (_gate)
        {
            key = _key ??= Keep(data.File(FileName));
        }

        return tenant == TenantId.Default ? key : HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"tenant:{tenant.Value}"));
    }

    private static byte[] Keep(string file)
    {
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            // Under another name until it is whole, so that a crash leaves no half of a key.
            var draft = file + ".new";
            File.Delete(draft);
            using (var stream = new FileStream(draft, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(WebhookSignature.NewKey() + "\n"));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file);
        }

        return WebhookSignature.TryReadKey(File.ReadAllText(file).Trim(), out var key)
            ? key
            : throw new InvalidDataException($"{file} holds no signing key; restore it, or delete it so that a new one is made, which all receivers have to be told.");
    }
}
