using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Etcd;
using Signalbox.Server.Platform.Leases.Redis;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Redis and etcd with passwords, with TLS, and with endpoints that are away.</summary>
public sealed class ProtectedProviderTests : IAsyncDisposable
{
    private readonly EpochControl _control = new();
    private readonly TestAuthority _authority = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task RedisIsAskedWithItsPassword()
    {
        await using var server = await RedisProcess.StartAsync(Cancel, "--requirepass", "se:cret@/");

        await TakeAndGiveBackAsync(Redis($"redis://:se%3Acret%40%2F@127.0.0.1:{server.Port}/3"));
        await RefusedAsync(Redis($"redis://:wrong@127.0.0.1:{server.Port}"));
        await RefusedAsync(Redis($"redis://127.0.0.1:{server.Port}"));
    }

    [Fact]
    public async Task RedisIsAskedOverTlsAndOnlyWhenItsCertificateIsTrusted()
    {
        var port = LoopbackPort.Free();
        await using var server = await RedisProcess.StartAsync(
            Cancel,
            "--tls-port", port.ToString(CultureInfo.InvariantCulture), "--tls-cert-file", _authority.CertificateFile, "--tls-key-file", _authority.KeyFile, "--tls-ca-cert-file", _authority.AuthorityFile, "--tls-auth-clients", "no");

        await TakeAndGiveBackAsync(Redis($"rediss://127.0.0.1:{port}", _authority.AuthorityFile));
        await RefusedAsync(Redis($"rediss://127.0.0.1:{port}"));
    }

    [Fact]
    public async Task EtcdIsAskedOverTlsAndOnlyWhenItsCertificateIsTrusted()
    {
        await using var server = await EtcdProcess.StartAsync(Cancel, tls: true, "--cert-file", _authority.CertificateFile, "--key-file", _authority.KeyFile);

        await TakeAndGiveBackAsync(Etcd($"etcds://127.0.0.1:{server.Port}", _authority.AuthorityFile));
        await RefusedAsync(Etcd($"etcds://127.0.0.1:{server.Port}"));
    }

    [Fact]
    public async Task EtcdIsAskedAsAUserAndAgainWhenItsTokenHasEnded()
    {
        await using var server = await EtcdProcess.StartAsync(Cancel);
        await AskAsync(server, "auth/user/add", """{"name":"root","password":"p@ss:word"}""");
        await AskAsync(server, "auth/role/add", """{"name":"root"}""");
        await AskAsync(server, "auth/user/grant", """{"user":"root","role":"root"}""");
        await AskAsync(server, "auth/enable", "{}");
        await using var parts = await OpenAsync(Etcd($"etcd://root:p%40ss%3Aword@127.0.0.1:{server.Port}"));
        await TakeAndGiveBackAsync(parts);

        // Tokens do not outlive the server that gave them.
        await server.RestartAsync(keepData: true, Cancel);
        await TakeAndGiveBackAsync(parts);

        await RefusedAsync(Etcd($"etcd://root:wrong@127.0.0.1:{server.Port}"));
        await RefusedAsync(Etcd($"etcd://127.0.0.1:{server.Port}"));
    }

    [Fact]
    public async Task AnEndpointOfEtcdThatIsAwayIsPassedBy()
    {
        await using var server = await EtcdProcess.StartAsync(Cancel);

        await TakeAndGiveBackAsync(Etcd($"etcd://127.0.0.1:{LoopbackPort.Free()},127.0.0.1:{LoopbackPort.Free()},127.0.0.1:{server.Port}"));
    }

    [Fact]
    public async Task AServerThatIsAwayMakesLeasesUnavailableAndNothingElse()
    {
        await RefusedAsync(Etcd($"etcd://127.0.0.1:{LoopbackPort.Free()}"));
        await RefusedAsync(Redis($"redis://127.0.0.1:{LoopbackPort.Free()}"));
    }

    private static async Task<LeaseParts> OpenAsync(ILeaseStore store)
    {
        var parts = new LeaseParts(store, TimeProvider.System);
        await parts.Store.StartAsync(Cancel);
        return parts;
    }

    private static async Task TakeAndGiveBackAsync(ILeaseStore store)
    {
        await using var parts = await OpenAsync(store);
        await TakeAndGiveBackAsync(parts);
    }

    private static async Task TakeAndGiveBackAsync(LeaseParts parts)
    {
        for (var round = 0; round < 2; round++)
        {
            await using var lease = await parts.Provider.TryAcquireAsync(LeaseName.Of("name"), LeaseTime.Default, Cancel);
            Assert.NotNull(lease);
        }
    }

    private static async Task RefusedAsync(ILeaseStore store)
    {
        await using var parts = await OpenAsync(store);
        await Assert.ThrowsAsync<LeaseUnavailableException>(() => parts.Provider.TryAcquireAsync(LeaseName.Of("name"), LeaseTime.Default, Cancel));
        Assert.Equal(1, parts.Counts["signalbox.lease.refused/unavailable"]);
    }

    private static async Task AskAsync(EtcdProcess server, string path, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{server.Port}/v3/{path}"), content, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private static LeaseOptions Options(string address, string? authorityFile)
    {
        Assert.True(LeaseAddress.TryParse(address, out var parsed, out var problem), problem);
        return LeaseParts.Options with { Provider = parsed with { AuthorityFile = authorityFile }, Timeout = TimeSpan.FromSeconds(10) };
    }

    private EtcdLeaseStore Etcd(string address, string? authorityFile = null)
    {
        var options = Options(address, authorityFile);
        return new EtcdLeaseStore(new EtcdClient(options, NullLogger<EtcdClient>.Instance), options, _control.OpenGate());
    }

    private RedisLeaseStore Redis(string address, string? authorityFile = null)
    {
        var options = Options(address, authorityFile) with { Timeout = TimeSpan.FromSeconds(3) };
        return new RedisLeaseStore(options, new RedisConnection(options, NullLogger<RedisConnection>.Instance), _control.OpenGate());
    }
}
