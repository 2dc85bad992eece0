using Signalbox.Server.Audit;
using Xunit;

namespace Signalbox.Audit.Tests;

public sealed class AuditMigrationsTests
{
    [Fact]
    public void NumbersItsStepsWithoutGaps() =>
        Assert.Equal(Enumerable.Range(1, Source.Migrations.Count), Source.Migrations.Select(static step => step.Number));

    private static AuditMigrations Source { get; } = new AuditMigrations();
}
