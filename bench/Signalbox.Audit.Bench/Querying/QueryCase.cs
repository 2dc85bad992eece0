using System.Globalization;
using Signalbox.Server.Audit.Search;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>One kind of search: as asked of the log, and as a condition on a plain table.</summary>
/// <param name="Query">Made from an event of the log, so that there is something to find.</param>
/// <param name="Condition">In SQL, with <c>@0</c> and so on for the values.</param>
internal sealed record QueryCase(string Name, Func<BenchEvent, EventQuery> Query, string Condition, Func<BenchEvent, object[]> Values)
{
    private const long Hour = 3_600_000;

    public static IReadOnlyList<QueryCase> All { get; } =
    [
        new("no filter", static _ => new EventQuery(), "1 = 1", static _ => []),
        new("time: one hour", static one => Window(one, Hour), "time_ms >= @0 AND time_ms < @1", static one => [one.TimeMs, one.TimeMs + Hour]),
        new("actor (as frequent as actors are)", static one => new EventQuery { Actors = [one.ActorId] }, "actor = @0", static one => [one.ActorId]),
        new("actor: a rare one", static one => new EventQuery { Actors = [Rare(one).ActorId] }, "actor = @0", static one => [Rare(one).ActorId]),
        new("action", static one => new EventQuery { Actions = [one.Action] }, "action = @0", static one => [one.Action]),
        new("resource type", static one => new EventQuery { ResourceTypes = [one.Type] }, "resource_type = @0", static one => [one.Type]),
        new("resource type and id", static one => new EventQuery { ResourceTypes = [one.Type], ResourceIds = [one.ResourceId] }, "resource_type = @0 AND resource_id = @1", static one => [one.Type, one.ResourceId]),
        new("resource id", static one => new EventQuery { ResourceIds = [one.ResourceId] }, "resource_id = @0", static one => [one.ResourceId]),
        new("outcome: denied (1 %)", static _ => new EventQuery { Outcomes = ["denied"] }, "outcome = 'denied'", static _ => []),
        new("outcome: failed (0.1 %)", static _ => new EventQuery { Outcomes = ["failed"] }, "outcome = 'failed'", static _ => []),
        new("address", static one => new EventQuery { Addresses = [one.Address] }, "address = @0", static one => [one.Address]),
        new("trace", static one => new EventQuery { Traces = [one.Trace] }, "trace = @0", static one => [one.Trace]),
        new("trace that is not there", static one => new EventQuery { Traces = [one.Trace + "0"] }, "trace = @0", static one => [one.Trace + "0"]),
        new("event id", static one => new EventQuery { Ids = [one.Id] }, "event_id = @0", static one => [one.Id]),
        new("source", static one => new EventQuery { Sources = [one.Source] }, "source = @0", static one => [one.Source]),
        new("text: one frequent word", static _ => new EventQuery { Text = "backup" }, "message LIKE '%backup%'", static _ => []),
        new("text: the name of a resource", static one => new EventQuery { Text = one.ResourceName }, "message LIKE @0", static one => [$"%{one.ResourceName}%"]),
        new("text: a trace id", static one => new EventQuery { Text = one.Trace }, "(message LIKE @0 OR trace = @1)", static one => [$"%{one.Trace}%", one.Trace]),
        new("text: three words, never together", static one => new EventQuery { Text = string.Create(CultureInfo.InvariantCulture, $"person{one.Actor} person{(one.Actor + 1) % 200} backup") }, "message LIKE @0 AND message LIKE @1", static one => [$"%person{one.Actor}%", $"%person{(one.Actor + 1) % 200}%"]),
        new("actor and action", static one => new EventQuery { Actors = [one.ActorId], Actions = [one.Action] }, "actor = @0 AND action = @1", static one => [one.ActorId, one.Action]),
        new("actor and denied", static one => new EventQuery { Actors = [one.ActorId], Outcomes = ["denied"] }, "actor = @0 AND outcome = 'denied'", static one => [one.ActorId]),
        new("rare actor, action, denied, one day", static one => Window(one, 24 * Hour) with { Actors = [Rare(one).ActorId], Actions = [one.Action], Outcomes = ["denied"] }, "actor = @0 AND action = @1 AND outcome = 'denied' AND time_ms >= @2 AND time_ms < @3", static one => [Rare(one).ActorId, one.Action, one.TimeMs, one.TimeMs + (24 * Hour)]),
        new("address and denied and failed", static one => new EventQuery { Addresses = [one.Address], Outcomes = ["denied", "failed"] }, "address = @0 AND outcome IN ('denied', 'failed')", static one => [one.Address]),
        new("oldest first, by actor", static one => new EventQuery { Actors = [one.ActorId], OldestFirst = true }, "actor = @0", static one => [one.ActorId]),
    ];

    private static BenchEvent Rare(BenchEvent one) => one with { Actor = 150 + (one.Actor % 50) };

    private static EventQuery Window(BenchEvent one, long length) => new()
    {
        From = DateTimeOffset.FromUnixTimeMilliseconds(one.TimeMs),
        To = DateTimeOffset.FromUnixTimeMilliseconds(one.TimeMs + length),
    };
}
