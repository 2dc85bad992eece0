using System.Net.Sockets;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Testing.Tests.Services;

public sealed class PortTests
{
    [Fact]
    public void GivesEachPortOnce()
    {
        var ports = Enumerable.Range(0, 250).Select(static _ => LoopbackPort.Free()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, static port => Assert.InRange(port, 10_000, 31_999));
    }

    [Fact]
    public async Task AClosedPortRefusesConnections()
    {
        using var closed = new ClosedPort();
        using var client = new TcpClient();

        var exception = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(closed.Address.Host, closed.Address.Port, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
    }
}
