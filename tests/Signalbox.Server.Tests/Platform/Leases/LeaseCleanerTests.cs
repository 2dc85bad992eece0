using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

public sealed class LeaseCleanerTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NamesThatNobodyUsesAreDeletedAndTheirTokensStillGrow()
    {
        await using var house = new SqliteLeaseHouse();
        await using var process = await LeaseParts.OpenAsync(house, new FakeClock(), Cancel);
        var cleaner = new LeaseCleaner(house.Control, house.Clock, LeaseParts.Options, NullLogger<LeaseCleaner>.Instance, new FakeClock());
        var last = 0L;
        for (var round = 0; round < 4; round++)
        {
            var lease = await TakeAsync(process, "old");
            last = lease.Token;
            await lease.DisposeAsync();
        }

        house.PassServerTime(Day * 89);
        await cleaner.RunOnceAsync(Cancel);
        await cleaner.RunOnceAsync(Cancel);
        Assert.Equal(1, await CountAsync(house));

        house.PassServerTime(Day * 2);
        await (await TakeAsync(process, "young")).DisposeAsync();
        await cleaner.RunOnceAsync(Cancel);
        Assert.Equal(2, await CountAsync(house));
        await cleaner.RunOnceAsync(Cancel);
        Assert.Equal(1, await CountAsync(house));

        Assert.True((await TakeAsync(process, "old")).Token > last);
    }

    [Fact]
    public async Task AHeldNameIsKeptHoweverOldItIs()
    {
        await using var house = new SqliteLeaseHouse();
        var clock = new FakeClock();
        await using var process = await LeaseParts.OpenAsync(house, clock, Cancel);
        var cleaner = new LeaseCleaner(house.Control, house.Clock, LeaseParts.Options with { Retention = TimeSpan.FromMinutes(1) }, NullLogger<LeaseCleaner>.Instance, new FakeClock());
        await TakeAsync(process, "held");

        house.PassServerTime(TimeSpan.FromMinutes(59));
        await cleaner.RunOnceAsync(Cancel);
        await cleaner.RunOnceAsync(Cancel);

        Assert.Equal(1, await CountAsync(house));
    }

    private static async Task<ILease> TakeAsync(LeaseParts process, string name) => (await process.Provider.TryAcquireAsync(LeaseName.Of(name), LeaseTime.Longest, Cancel))!;

    private static Task<long> CountAsync(SqliteLeaseHouse house) => house.Control.ReadAsync(static session => session.ValueAsync<long>("SELECT COUNT(*) FROM leases"), Cancel);
}
