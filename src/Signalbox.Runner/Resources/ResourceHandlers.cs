using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>Who is told of what the monitor sees.</summary>
/// <param name="Sampled">Each sample that is to be written down.</param>
/// <param name="Happened">Each event.</param>
/// <param name="LevelChanged">The new level, with the memory's percent of the limit; after the event of the same.</param>
internal sealed record ResourceHandlers(Action<ResourceSample> Sampled, Action<RunnerEvent> Happened, Action<ResourceLevel, double> LevelChanged);
