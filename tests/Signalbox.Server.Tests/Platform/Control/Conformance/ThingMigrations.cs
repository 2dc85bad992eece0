using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>The schema of a slice made up for tests.</summary>
internal sealed record ThingMigrations(IReadOnlyList<Migration> Migrations) : IMigrationSource
{
    public string Slice => "things";
}
