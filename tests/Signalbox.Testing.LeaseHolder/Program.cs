using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Settings;

// A process that works under a lease until it loses it, for tests that stop it with a signal.
// DATA STORAGE PROVIDER NAME: says `held TOKEN`, adds to the table `guarded` again and again, and ends with `lost` as soon as the lease says so,
// or with `refused` when the database said so first.
var settings = new SettingsReader(new SettingsSources(
    new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.control"] = args[1], ["locks.provider"] = args[2] },
    new Dictionary<string, string>(StringComparer.Ordinal),
    null));
var services = new ServiceCollection();
services.AddMetrics();
services.AddLogging();
services.AddSingleton(TimeProvider.System);
services.AddSingleton(DataFolder.Open(args[0]));
services.AddControl(ControlOptions.Read(settings));
services.AddLeases(LeaseOptions.Read(settings));
settings.Finish();
await using var provider = services.BuildServiceProvider();
await provider.GetRequiredService<LeaseProvider>().StartAsync(CancellationToken.None);
var control = provider.GetRequiredService<ControlDatabase>();
var guard = provider.GetRequiredService<LeaseGuard>();

var leases = provider.GetRequiredService<ILeaseProvider>();

// The first lease of a process connects and compiles, for which the shortest one leaves no time.
await (await leases.TryAcquireAsync(LeaseName.Of("warm-up"), LeaseTime.Default, CancellationToken.None))!.DisposeAsync();
await using var lease = await leases.TryAcquireAsync(LeaseName.Of(args[3]), LeaseTime.Shortest, CancellationToken.None)
    ?? throw new InvalidOperationException("Somebody else holds the lease.");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held {lease.Token}"));
try
{
    while (!lease.Lost.IsCancellationRequested)
    {
        try
        {
            await control.WriteAsync(
                async session =>
                {
                    await guard.CheckAsync(session, lease);
                    await session.ExecuteAsync("UPDATE guarded SET n = n + 1, token = @Token", new { lease.Token });
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is ControlUnavailableException || control.Dialect.IsTransient(exception) || control.Dialect.IsUnavailable(exception))
        {
            // Stopped in the middle of a transaction: the database has ended that and the connection.
            Console.WriteLine($"undone: {exception.Message}");
        }
    }

    Console.WriteLine("lost");
}
catch (LeaseLostException)
{
    Console.WriteLine("refused");
}
