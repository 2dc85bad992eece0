using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signalbox.Server.Platform;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.App;

public sealed class SignalboxServerTests
{
    [Fact]
    public async Task SaysThatItIsHealthyToAnybody()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);
        using var client = server.Client();

        Assert.Equal("Signalbox is healthy.\n", await client.GetStringAsync("/-/healthy", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/-/healthy")]
    [InlineData("/-/ready")]
    [InlineData("/prometheus/-/healthy")]
    [InlineData("/prometheus/-/ready")]
    public async Task AnswersHeadOfTheHealthChecksToo(string path)
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{path}: {response.StatusCode}");
    }

    [Fact]
    public async Task ASecondServerOnTheSameDataFolderIsRefusedWithASentence()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<StartupException>(
            () => TestServer.StartAsync(TestContext.Current.CancellationToken, new TestServerSetup { DataFolder = server.DataFolder }));

        Assert.Contains("is in use by another signalbox", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATakenPortIsRefusedWithASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var folder = new TemporaryFolder();
        var setup = new TestServerSetup
        {
            DataFolder = folder.File("data"),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") },
        };

        var exception = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(TestContext.Current.CancellationToken, setup));

        Assert.Contains("Another program listens there", exception.Message, StringComparison.Ordinal);
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsRefusedWithASentence()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a-file", "not a folder");

        var exception = await Assert.ThrowsAsync<StartupException>(
            () => TestServer.StartAsync(TestContext.Current.CancellationToken, new TestServerSetup { DataFolder = Path.Combine(file, "data") }));

        Assert.Contains("cannot be created", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoAddressForTheConsoleIsRefused()
    {
        var setup = new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["urls"] = ";" } };

        var exception = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync(TestContext.Current.CancellationToken, setup));

        Assert.Equal("urls", Assert.Single(exception.Errors).Key);
    }

    [Fact]
    public async Task HttpsSendsTheCertificatesBetweenItsOwnAndTheRoot()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key, intermediate) = Certificates();
        var setup = new TestServerSetup
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["urls"] = "https://127.0.0.1:0",
                ["tls.certificate"] = folder.Write("tls.crt", certificate),
                ["tls.key"] = folder.Write("tls.key", key),
            },
        };
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken, setup);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        var sent = new List<string>();
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, chain, _) =>
        {
            sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(static given => given.Subject));
            return true;
        });

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, TestContext.Current.CancellationToken);

        Assert.Contains(intermediate, sent);
    }

    private static (string Certificate, string Key, string Intermediate) Certificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=test root", rootKey).CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var middle = Authority("CN=test intermediate", middleKey).Create(root, now.AddDays(-1), now.AddDays(1), [1]);
        using var middleWithKey = middle.CopyWithPrivateKey(middleKey);
        using var leaf = new CertificateRequest("CN=localhost", leafKey, HashAlgorithmName.SHA256).Create(middleWithKey, now.AddHours(-1), now.AddHours(1), [2]);
        return ($"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n", leafKey.ExportPkcs8PrivateKeyPem(), middle.Subject);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
