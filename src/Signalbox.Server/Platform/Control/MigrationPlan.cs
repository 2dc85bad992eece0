using System.Globalization;

namespace Signalbox.Server.Platform.Control;

/// <summary>Decides which steps a database still needs.</summary>
internal static class MigrationPlan
{
    public const string JournalQuery = "SELECT slice, number, name FROM schema_migrations";

    public const string JournalInsert = "INSERT INTO schema_migrations (slice, number, name, applied_at_ms) VALUES (@slice, @number, @name, @now)";

    /// <param name="database">How the database is called in messages.</param>
    /// <param name="journal">The steps that were applied.</param>
    /// <returns>The steps to apply, in their order.</returns>
    /// <exception cref="StartupException">The database was written by a newer program.</exception>
    /// <exception cref="InvalidOperationException">A slice numbers its steps wrongly.</exception>
    public static IReadOnlyList<PlannedMigration> Make(string database, IEnumerable<AppliedMigration> journal, IReadOnlyList<IMigrationSource> sources)
    {
        foreach (var source in sources)
        {
            CheckNumbers(source);
        }

        var applied = journal.ToList();
        RefuseNewer(database, applied, sources);
        return [.. sources.SelectMany(source => source.Migrations
            .Where(migration => !applied.Any(step => step.Slice == source.Slice && step.Number == migration.Number))
            .Select(migration => new PlannedMigration(source.Slice, migration)))];
    }

    private static void CheckNumbers(IMigrationSource source)
    {
        for (var index = 0; index < source.Migrations.Count; index++)
        {
            if (source.Migrations[index].Number != index + 1)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"Migration {index + 1} of slice {source.Slice} carries the number {source.Migrations[index].Number}."));
            }
        }
    }

    private static void RefuseNewer(string database, List<AppliedMigration> applied, IReadOnlyList<IMigrationSource> sources)
    {
        var unknown = applied.FirstOrDefault(step => sources.All(source => source.Slice != step.Slice || source.Migrations.Count < step.Number));
        if (unknown is not null)
        {
            throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The control database {database} was written by a newer Signalbox: this version does not know its step {unknown.Number} of {unknown.Slice} ({unknown.Name}). Start the newer version, or restore the database from a backup."));
        }
    }
}

/// <summary>A step that a database has had.</summary>
internal sealed record AppliedMigration
{
    public required string Slice { get; init; }

    public required int Number { get; init; }

    public required string Name { get; init; }
}

/// <summary>A step that a database is to have.</summary>
internal sealed record PlannedMigration(string Slice, Migration Migration)
{
    /// <summary>The parameters of <see cref="MigrationPlan.JournalInsert"/>.</summary>
    public object Row(DateTimeOffset now) => new { slice = Slice, number = Migration.Number, name = Migration.Name, now = now.ToUnixTimeMilliseconds() };
}
