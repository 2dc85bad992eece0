namespace Signalbox.Runner.Readings;

/// <summary>How large a time line may become.</summary>
/// <param name="First">Entries of the agent's stream that are kept from its beginning.</param>
/// <param name="Last">Entries that are kept from its end.</param>
/// <param name="Others">Entries of each other kind of fact that are kept, the first ones.</param>
/// <param name="Detail">Longest detail in UTF-16 units.</param>
internal sealed record TimelineBounds(int First = 4_000, int Last = 1_000, int Others = 500, int Detail = 1_000);
