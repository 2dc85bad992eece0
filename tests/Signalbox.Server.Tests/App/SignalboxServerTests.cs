using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Signalbox.Server.Platform;
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
}
