using System.Text.Json.Nodes;

namespace Signalbox.Server.Jobs.History;

/// <summary>What ran when, in lanes.</summary>
/// <param name="Truncated">There was more than the limit; the newest are here.</param>
internal sealed record Timeline(IReadOnlyList<TimelineLane> Lanes, bool Truncated);

/// <summary>One job of a timeline.</summary>
/// <param name="Runs">Each [start in ms since 1970, end or null, state, execution id].</param>
/// <param name="Fires">Fires without a run, each [nominal time in ms since 1970, outcome, reason or null].</param>
internal sealed record TimelineLane(string TaskId, string Name, IReadOnlyList<JsonArray> Runs, IReadOnlyList<JsonArray> Fires);
