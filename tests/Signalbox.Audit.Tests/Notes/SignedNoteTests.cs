using System.Text;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;
using Xunit;

namespace Signalbox.Audit.Tests.Notes;

public sealed class SignedNoteTests
{
    /// <summary>Source: https://c2sp.org/signed-note@v1.0.0#format, https://pkg.go.dev/golang.org/x/mod/sumdb/note</summary>
    private const string PublicKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string PublicNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void ReadsAndChecksAPublicNote()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(PublicNote));

        Assert.Equal(VerifierKey.Parse(PublicKey), Assert.Single(note.Verify([VerifierKey.Parse(PublicKey)])).Key);
        Assert.Equal(PublicNote, note.ToString());
        Assert.Equal(PublicKey, VerifierKey.Parse(PublicKey).ToString());
    }

    [Fact]
    public void PassesOverSignaturesOfUnknownKeys()
    {
        using var key = Ed25519Key.Open(Ed25519Key.NewSeed());
        var note = SignedNote.Parse(PublicNote).With(NoteSigner.Sign("somebody", key, "another text\n"));

        Assert.Single(note.Verify([VerifierKey.Parse(PublicKey)]));
        Assert.Empty(note.Verify([]));
    }

    [Fact]
    public void RefusesANoteOfWhichAKnownKeysSignatureIsWrong()
    {
        var altered = PublicNote.Replace("answer", "question", StringComparison.Ordinal);

        Assert.Throws<NoteFormatException>(() => SignedNote.Parse(altered).Verify([VerifierKey.Parse(PublicKey)]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAE=")]
    [InlineData("text\r\n\n— name AAAAAAE=\n")]
    [InlineData("text\n\n- name AAAAAAE=\n")]
    [InlineData("text\n\n—  AAAAAAE=\n")]
    [InlineData("text\n\n— na+me AAAAAAE=\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAAE=\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA AAE=\n")]
    [InlineData("text\n\n— name AAAAAAE\n")]
    [InlineData("text\n\n— name AAAAAAF=\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n— name AAAAAAE=\nmore\n")]
    public void RefusesWhatIsNoSignedNote(string text) => Assert.Throws<NoteFormatException>(() => SignedNote.Parse(text));

    [Fact]
    public void RefusesWhatIsNotUtf8() => Assert.Throws<NoteFormatException>(static () => SignedNote.Parse([0xff, 0xfe, (byte)'\n']));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    public void RefusesWhatIsNoKey(string text) => Assert.Throws<NoteFormatException>(() => VerifierKey.Parse(text));

    [Fact]
    public void ACosignatureCarriesItsTime()
    {
        using var key = Ed25519Key.Open(Ed25519Key.NewSeed());
        var text = new Checkpoint("log.example.com", 3, new byte[32]).ToText();
        var time = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
        var note = new SignedNote(text, [NoteSigner.Cosign("witness.example.com", key, text, time)]);
        var known = new VerifierKey("witness.example.com", NoteAlgorithm.Cosignature, key.PublicKey);

        Assert.Equal(time, Assert.Single(SignedNote.Parse(note.ToString()).Verify([VerifierKey.Parse(known.ToString())])).Time);
        Assert.Empty(note.Verify([new VerifierKey("witness.example.com", NoteAlgorithm.Ed25519, key.PublicKey)]));
        note.Signatures[0].Bytes[7] ^= 1;
        Assert.Throws<NoteFormatException>(() => note.Verify([known]));
    }

    [Fact]
    public void RandomBytesEndInANoteOrInItsOwnException()
    {
        var random = new Random(20_261_122);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(PublicNote);
            for (var change = random.Next(6); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                var note = SignedNote.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
                Assert.Equal(note.ToString(), SignedNote.Parse(note.ToString()).ToString());
                _ = Checkpoint.Parse(note.Text);
            }
            catch (NoteFormatException)
            {
                // That is how most of it must end.
            }
        }
    }
}
