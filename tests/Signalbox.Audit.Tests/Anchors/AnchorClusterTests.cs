using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Anchors;

public sealed class AnchorClusterTests(SharedDatabases databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneInstanceAnchorsAndAnotherTakesOver()
    {
        await using var hook = await HookServer.StartAsync(Cancellation);
        var control = await databases.NewPostgreSqlAsync(Cancellation);
        var setup = new TestServerSetup
        {
            Control = control,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.anchors"] = $"webhook {hook.Address}", ["audit.anchor_interval"] = "1s", ["audit.anchor_timeout"] = "1m" },
        };
        await using var last = await FirstAsync(hook, setup);
        var before = hook.Calls.Count;
        var head = await AnchorScene.RecordAsync(last);
        await Eventually.HoldsAsync("the other instance anchored", () => Task.FromResult(hook.Calls.Skip(before).Any(call => call.Body == head.Checkpoint)), Cancellation);
    }

    /// <summary>Two instances run for a while, and the one that anchors ends.</summary>
    /// <returns>The other one.</returns>
    private static async Task<TestServer> FirstAsync(HookServer hook, TestServerSetup setup)
    {
        await using var first = await TestServer.StartAsync(Cancellation, setup);
        await Eventually.HoldsAsync("the first instance anchored", () => Task.FromResult(hook.Calls.Count > 0), Cancellation);
        var second = await TestServer.StartAsync(Cancellation, setup);
        for (var round = 0; round < 3; round++)
        {
            var head = await AnchorScene.RecordAsync(round % 2 == 0 ? second : first);
            await Eventually.HoldsAsync("the checkpoint was anchored", () => Task.FromResult(hook.Calls.Any(call => SizeOf(call) >= head.Size)), Cancellation);
        }

        // Two that anchored would have brought some checkpoint twice.
        Assert.Distinct(hook.Calls.Select(static call => call.Body), StringComparer.Ordinal);
        return second;
    }

    private static long SizeOf(HookCall call) => long.Parse(call.Body.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
}
