using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>What a job is: when it runs, what it does, and by which rules; read from the JSON of a <see cref="TaskRequest"/>.</summary>
internal sealed record JobDefinition
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultMisfireGrace = TimeSpan.FromSeconds(60);

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Null for a job that runs after another one, or by hand only.</summary>
    public Schedule? Schedule { get; init; }

    public JobDependency? After { get; init; }

    /// <summary>The schedule as it was written, with its defaults filled in.</summary>
    public TaskSchedule? ScheduleText { get; init; }

    public required JobWork Work { get; init; }

    /// <summary>Of one attempt.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Between asking a run to end and ending it.</summary>
    public required TimeSpan Grace { get; init; }

    public required OverlapPolicy Overlap { get; init; }

    public string? ConcurrencyGroup { get; init; }

    public required MisfirePolicy Misfire { get; init; }

    public required TimeSpan MisfireGrace { get; init; }

    public required TimeSpan Jitter { get; init; }

    /// <summary>From -100 to 100; higher first.</summary>
    public required int Priority { get; init; }

    public required RetryPolicy Retry { get; init; }

    /// <summary>Null when it was not said; the database has it as a column.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Reads what the database holds of a job that was checked when it was written.</summary>
    /// <param name="json">The column <c>definition</c>.</param>
    /// <exception cref="InvalidOperationException">It does not hold, so somebody else wrote it.</exception>
    public static JobDefinition Parse(string json)
    {
        var errors = new DefinitionErrors();
        return DefinitionReader.Read(new DefinitionText(json), TaskLimits.None, errors)
            ?? throw new InvalidOperationException($"A stored definition of a job does not hold: {string.Join(" ", errors.Items)}");
    }

    // A record's text ends up in logs sooner or later; headers and variables must not.
    public override string ToString() => $"JobDefinition {{ Name = {Name} }}";
}
