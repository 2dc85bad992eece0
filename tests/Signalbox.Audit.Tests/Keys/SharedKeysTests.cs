using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Keys;

public sealed class SharedKeysTests(SharedDatabases databases)
{
    [Theory]
    [InlineData(nameof(ControlEngine.Sqlite))]
    [InlineData(nameof(ControlEngine.PostgreSql))]
    [InlineData(nameof(ControlEngine.MySql))]
    public async Task AllInstancesSignWithTheOneKeyThatWasMadeFirst(string engine)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var store = await AuditStoreUnderTest.CreateAsync(databases, Enum.Parse<ControlEngine>(engine), cancellationToken);
        var opened = store.Open();
        var instances = Enumerable.Range(0, 6).Select(_ => new AuditKeys(opened.Control, new KeyOptions(), TimeProvider.System)).ToList();

        var signers = await Task.WhenAll(instances.Select(keys => keys.SignerAsync(cancellationToken).AsTask()));

        Assert.Single(signers.Select(static signer => signer.Sign("default", 0, new byte[32])).Distinct(StringComparer.Ordinal));
        Assert.StartsWith("signalbox-", signers[0].Prefix, StringComparison.Ordinal);
        Assert.Single(await instances[0].ListAsync(cancellationToken));
        Assert.NotEqual(signers[0].KeysOf("default")[0].PublicKey, (await instances[0].WitnessKeyAsync(cancellationToken)).PublicKey);
        instances.ForEach(static keys => keys.Dispose());
    }
}
