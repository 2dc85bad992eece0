using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Platform;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Audit.Tests.Keys;

public sealed class AuditKeysTests
{
    [Fact]
    public void ASealedKeyComesBackOnlyWithItsFileAndForItsPurpose()
    {
        using var folder = new TemporaryFolder();
        var seal = KeySeal.Read(folder.Write("seal", Convert.ToBase64String(Ed25519Key.NewSeed()) + "\n"));
        var other = KeySeal.Read(folder.Write("other", Convert.ToBase64String(Ed25519Key.NewSeed())));
        var seed = Ed25519Key.NewSeed();
        var box = seal.Seal(seed, "log 1");

        Assert.Equal(seed, seal.Open(box, "log 1"));
        Assert.Throws<StartupException>(() => seal.Open(box, "log 2"));
        Assert.Throws<StartupException>(() => other.Open(box, "log 1"));
        Assert.Throws<StartupException>(() => seal.Open(box.AsSpan(0, 5), "log 1"));
        box[20] ^= 1;
        Assert.Throws<StartupException>(() => seal.Open(box, "log 1"));
    }

    [Fact]
    public void SaysWhatASealFileMustHold()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("openssl rand", Assert.Throws<StartupException>(() => KeySeal.Read(folder.Write("short", "c2hvcnQ="))).Message, StringComparison.Ordinal);
        Assert.Throws<StartupException>(() => KeySeal.Read(folder.File("absent")));
    }

    [Fact]
    public void ACheckpointIsSignedByEachKeyThatSignsNow()
    {
        using var older = Ed25519Key.Open(Ed25519Key.NewSeed());
        using var newer = Ed25519Key.Open(Ed25519Key.NewSeed());
        var signer = new CheckpointSigner("audit.example.com", [older, newer]);
        var note = SignedNote.Parse(signer.Sign("default", 7, new byte[32]));

        Assert.Equal("audit.example.com/default\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", note.Text);
        Assert.Equal(signer.KeysOf("default"), note.Verify(signer.KeysOf("default")).Select(static signature => signature.Key));
        Assert.Empty(note.Verify(signer.KeysOf("other")));
    }
}
