using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

/// <summary>What the audit log promises besides when several instances write it.</summary>
public abstract class SharedAuditStoreConformance : AuditStoreConformance
{
    private protected SharedAuditStoreConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task TwoInstancesThatWriteAtOnceMakeOneLog()
    {
        const int Rounds = 30;
        await using var one = AuditInstance.Open(Place);
        await using var two = AuditInstance.Open(Place);

        await Task.WhenAll(WriteAsync(one, "one"), WriteAsync(two, "two"));
        await one.SequenceAsync(Cancellation);
        await two.SequenceAsync(Cancellation);

        foreach (var tenant in new[] { "acme", "other" })
        {
            var bodies = await LogChecks.AssertWholeAsync(one.Audit, tenant, Cancellation);
            Assert.Equal(2 * Rounds * 12, bodies.Count);
            Assert.Equal(bodies.Count, bodies.Distinct(StringComparer.Ordinal).Count());
        }

        Assert.Equal(0, await one.Control.ReadAsync(OutboxRows.CountAsync, Cancellation));

        async Task WriteAsync(AuditInstance instance, string name)
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var tenant in round % 2 == 0 ? new[] { "acme", "other" } : ["other", "acme"])
                {
                    for (var number = 0; number < 10; number++)
                    {
                        instance.Trail.Record(AuditInstance.Event($"{name}-{round}-{number}", tenant));
                    }

                    await instance.Trail.RecordAsync(AuditInstance.Mandatory($"{name}-{round}-a", tenant), Cancellation);
                    await instance.Trail.RecordAsync(AuditInstance.Mandatory($"{name}-{round}-b", tenant), Cancellation);
                }

                await TryUntilDoneAsync(instance);
            }
        }
    }

    /// <summary>Deadlocks between the two are allowed to happen, and are tried again, as the loop does.</summary>
    private static async Task TryUntilDoneAsync(AuditInstance instance)
    {
        while (true)
        {
            try
            {
                await instance.SequenceAsync(Cancellation);
                return;
            }
            catch (System.Data.Common.DbException exception) when (instance.Control.Dialect.IsTransient(exception))
            {
            }
        }
    }
}
