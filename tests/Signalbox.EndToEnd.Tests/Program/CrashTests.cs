using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

public sealed class CrashTests
{
    private const int Terminate = 15;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeepsWhatItAcknowledgedThroughTenKills()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20_261_122);
        var promise = new Promise();
        for (var round = 0; round < 10; round++)
        {
            await using var server = await SignalboxProcess.StartAsync(Cancelled, folder.File("data"));
            var killAfter = promise.Count + random.Next(1, 60);

            // Killed by the writer whose answer comes at that moment, while the others wait for theirs.
            await promise.KeepWritingAsync(server.Address, server.AdminToken, () => KillWhen(promise.Count >= killAfter, server), Cancelled);
        }

        await using var restarted = await SignalboxProcess.StartAsync(Cancelled, folder.File("data"));
        await promise.CheckAsync(restarted.Address, restarted.AdminToken, Cancelled);
    }

    [Fact]
    public Task StopsWithinTenSecondsUnderLoadAndKeepsWhatItAcknowledged() => Measured.WithinAsync("The stop", TimeSpan.FromSeconds(10), StopUnderLoadAsync);

    private static async Task<TimeSpan> StopUnderLoadAsync()
    {
        TimeSpan took;
        using var folder = new TemporaryFolder();
        var promise = new Promise();
        await using (var server = await SignalboxProcess.StartAsync(Cancelled, folder.File("data")))
        {
            var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writing = promise.KeepWritingAsync(server.Address, server.AdminToken, () => SetWhen(promise.Count >= 50, loaded), Cancelled);
            await loaded.Task.WaitAsync(Cancelled);

            var told = TimeProvider.System.GetTimestamp();
            server.Process.Signal(Terminate);
            Assert.Equal(0, await server.Process.WaitForExitAsync(Cancelled));
            took = TimeProvider.System.GetElapsedTime(told);
            await writing;
        }

        await using var restarted = await SignalboxProcess.StartAsync(Cancelled, folder.File("data"));
        await promise.CheckAsync(restarted.Address, restarted.AdminToken, Cancelled);
        return took;
    }

    private static void KillWhen(bool itIsTime, SignalboxProcess server)
    {
        if (itIsTime)
        {
            server.Process.Kill();
        }
    }

    private static void SetWhen(bool itIsTime, TaskCompletionSource source)
    {
        if (itIsTime)
        {
            source.TrySetResult();
        }
    }
}
