using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Anchors;

public sealed class WitnessTests
{
    private const string Tenant = AnchorScene.Tenant;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASecondServerCosignsALogAsLongAsItOnlyGrows()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var witness = await AnchorScene.StartWitnessAsync(log);
        var target = await AnchorScene.TargetAsync(witness);
        await AnchorScene.RecordAsync(log);
        await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);
        var first = await AnchorScene.RecordAsync(log);
        await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);

        var lines = await log.Services.GetRequiredService<ControlDatabase>().ReadAsync(session => CosignatureRows.ListAsync(session, Tenant, first.Size), Cancellation);
        var note = SignedNote.Parse(first.Checkpoint + Assert.Single(lines));
        Assert.NotNull(Assert.Single(note.Verify([target.Key])).Time);
    }

    [Fact]
    public async Task AForkedLogIsRefused()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var witness = await AnchorScene.StartWitnessAsync(log);
        var target = await AnchorScene.TargetAsync(witness);
        var head = await AnchorScene.RecordAsync(log);
        await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);
        var signer = await log.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation);
        byte[] forged = [.. head.Root];
        forged[0] ^= 1;

        Assert.Equal((HttpStatusCode.Conflict, FormattableString.Invariant($"{head.Size}\n")), await AskAsync(witness, head.Size, [], signer.Sign(Tenant, head.Size, forged)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AskAsync(witness, head.Size, [forged], signer.Sign(Tenant, head.Size + 1, forged))).Status);
        Assert.Equal((HttpStatusCode.Conflict, FormattableString.Invariant($"{head.Size}\n")), await AskAsync(witness, 0, [], signer.Sign(Tenant, head.Size + 1, forged)));
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(witness, head.Size + 2, [], signer.Sign(Tenant, head.Size + 1, forged))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(witness, 0, [], signer.Sign("other", 1, forged))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(witness, head.Size, [], signer.Sign(Tenant, head.Size, head.Root))).Status);
    }

    [Fact]
    public async Task WhoeverSendsACheckpointAgainAndAgainDoesNotFillTheLog()
    {
        var trail = new RecordingTrail();
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var witness = await AnchorScene.StartWitnessAsync(log, builder => builder.Services.AddSingleton<IAuditTrail>(trail));
        var head = await AnchorScene.RecordAsync(log);
        trail.Clear();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(witness, 0, [], head.Checkpoint)).Status);
        for (var again = 0; again < 10; again++)
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(witness, head.Size, [], head.Checkpoint)).Status);
            Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(witness, 0, [], head.Checkpoint)).Status);
        }

        IEnumerable<AuditOutcome> Records() => trail.Records.Where(static record => record.Event.Action == AuditVocabulary.CheckpointWitness).Select(static record => record.Event.Outcome).Order();
        await Eventually.HoldsAsync("three are recorded", () => Task.FromResult(Records().Count() >= 3), Cancellation);
        Assert.Equal(new[] { AuditOutcome.Succeeded, AuditOutcome.Succeeded, AuditOutcome.Denied }.Order(), Records());
    }

    [Theory]
    [InlineData("webhook https://ada:secret-one@hooks.example.com:8443/services/secret-two?key=secret-three", "webhook https://hooks.example.com:8443")]
    [InlineData("webhook http://[2001:db8::1]/x", "webhook http://[2001:db8::1]")]
    public void APlaceIsNamedWithoutItsSecrets(string text, string name)
    {
        Assert.Null(AnchorTarget.TryParse(text, "/", out var target));

        Assert.Equal(name, target!.Name);
    }

    [Fact]
    public async Task APlaceCannotSendTheServerOnToAnother()
    {
        await using var server = await TestServer.StartAsync(Cancellation);
        var handler = server.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(AnchorSender.ClientName);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        Assert.False(Assert.IsType<SocketsHttpHandler>(handler).AllowAutoRedirect);
    }

    [Fact]
    public async Task RefusesWhatTheLogDidNotSignAndWhatIsNoRequest()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var witness = await AnchorScene.StartWitnessAsync(log);
        using var key = Ed25519Key.Open(Ed25519Key.NewSeed());
        var prefix = (await log.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation)).Prefix;

        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(witness, 0, [], new CheckpointSigner(prefix, [key]).Sign(Tenant, 1, new byte[32]))).Status);
        using var client = witness.Client();
        using var nonsense = await client.PostAsync("api/v1/audit/witness/add-checkpoint", new StringContent("nonsense"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    [Fact]
    public async Task AFileGetsEachCheckpointOnce()
    {
        using var folder = new TemporaryFolder();
        await using var log = await TestServer.StartAsync(Cancellation);
        var head = await AnchorScene.RecordAsync(log);
        var service = AnchorScene.RoundsOf(log, new AnchorTarget.FileTarget(folder.File("anchors")));

        await service.RunOnceAsync(Cancellation);
        await service.RunOnceAsync(Cancellation);

        Assert.Contains($"{head.Checkpoint}\n", await File.ReadAllTextAsync(folder.File("anchors"), Cancellation), StringComparison.Ordinal);
        Assert.Single((await File.ReadAllTextAsync(folder.File("anchors"), Cancellation)).Split('\n'), line => line == Convert.ToBase64String(head.Root));
    }

    [Theory]
    [InlineData("file /var/lib/anchors", true)]
    [InlineData("webhook https://example.com/hook", true)]
    [InlineData("webhook https://example.com/hook whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", true)]
    [InlineData("webhook https://example.com/hook short", false)]
    [InlineData("webhook ftp://example.com/hook", false)]
    [InlineData("witness https://example.com nonsense", false)]
    [InlineData("witness https://example.com PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", false)]
    [InlineData("pigeon", false)]
    [InlineData("", false)]
    public void ReadsWhereCheckpointsGo(string text, bool isRight) => Assert.Equal(isRight, AnchorTarget.TryParse(text, "/", out _) is null);

    [Fact]
    public void RandomBytesEndInARequestOrInANoteException()
    {
        var random = new Random(7);
        var right = Encoding.UTF8.GetBytes(WitnessRequest.Write(3, [new byte[32]], "o\n4\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— o AAAAAAE=\n"));
        Assert.Equal(3, WitnessRequest.Parse(right).OldSize);
        for (var round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. right];
            for (var change = random.Next(5); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(WitnessRequest.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1))).Proof.Count, 0, 63);
            }
            catch (NoteFormatException)
            {
                // That is how most of it must end.
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(TestServer witness, long old, IReadOnlyList<byte[]> proof, string note)
    {
        using var client = witness.Client();
        using var response = await client.PostAsync("api/v1/audit/witness/add-checkpoint", new StringContent(WitnessRequest.Write(old, proof, note)), Cancellation);
        Assert.Equal(response.StatusCode == HttpStatusCode.Conflict ? "text/x.tlog.size" : "text/plain", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
