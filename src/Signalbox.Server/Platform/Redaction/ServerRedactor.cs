using Signalbox.Sdk.Redaction;

namespace Signalbox.Server.Platform.Redaction;

/// <summary>Has the one redactor that everything of the server which writes texts down uses.</summary>
/// <remarks>Thread-safe. Until the installation's key is read, at the very start, tags are made with a key of the process.</remarks>
internal sealed class ServerRedactor(Redactor first)
{
    private volatile Redactor _redactor = first;

    public Redactor Get() => _redactor;

    /// <summary>From now on tags are made with this key.</summary>
    public void Use(byte[] key) => _redactor = _redactor.WithKey(key);
}
