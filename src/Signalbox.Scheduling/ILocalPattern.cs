namespace Signalbox.Scheduling;

/// <summary>A set of local times, before any zone has mapped them to instants.</summary>
internal interface ILocalPattern
{
    /// <summary>True when hour and minute are named and not ranged over: such a time happens once on a day whose clocks go back.</summary>
    bool HasFixedTimes { get; }

    /// <summary>No fire comes after this UTC second; <see cref="LocalTime.None"/> when nothing ends it.</summary>
    long UntilUtc { get; }

    /// <summary>The first member at or after a local second, or <see cref="LocalTime.None"/>.</summary>
    long NextAtOrAfter(long localSeconds);

    /// <summary>How many members there are from one local second (inclusive) to another (exclusive).</summary>
    long CountBetween(long from, long until);
}
