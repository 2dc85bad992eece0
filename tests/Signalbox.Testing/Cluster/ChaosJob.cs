using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Cluster;

/// <summary>One job of the cluster: how often it is due, how long it takes, and which ends its policies allow a fire.</summary>
/// <param name="Every">Whole seconds between fires, counted from 1970.</param>
/// <param name="Takes">Seconds that a run takes.</param>
/// <param name="Allowed">The ends that a fire may have beside ran and late.</param>
/// <param name="Alone">Whether two runs of it must never be at work together.</param>
public sealed record ChaosJob(string Name, int Every, double Takes, string Overlap, string Misfire, string[] Allowed, bool Alone, int? QueueLimit = null)
{
    /// <summary>One job of every overlap and misfire kind, among them some that are due before they are done.</summary>
    public static IReadOnlyList<ChaosJob> All { get; } =
    [
        new("allow-all", 1, 0.2, "allow", "all", [], Alone: false),
        new("allow-long", 2, 5, "allow", "all", [], Alone: false),
        new("allow-once", 1, 0.1, "allow", "once", ["coalesced"], Alone: false),
        new("forbid-once", 1, 0.3, "forbid", "once", ["coalesced", "skipped:overlap"], Alone: true),
        new("forbid-busy", 1, 2.5, "forbid", "all", ["skipped:overlap"], Alone: true),
        new("forbid-skip", 2, 0.2, "forbid", "skip", ["skipped:misfire", "skipped:overlap"], Alone: true),
        new("replace-busy", 2, 3, "replace", "once", ["coalesced", "skipped:overlap"], Alone: true),
        new("queue-all", 1, 0.1, "queue", "all", ["skipped:queueFull"], Alone: true, QueueLimit: 50),
        new("queue-busy", 1, 1.6, "queue", "once", ["coalesced", "skipped:queueFull"], Alone: true, QueueLimit: 2),
    ];

    public JsonObject ToRequest(string evidence)
    {
        var request = new JsonObject
        {
            ["name"] = Name,
            ["schedule"] = new JsonObject { ["cron"] = string.Create(CultureInfo.InvariantCulture, $"*/{Every} * * * * *") },
            ["command"] = new JsonObject
            {
                ["file"] = "/bin/sh",
                ["arguments"] = new JsonArray("-c", JobRun.Script, Name, evidence, Takes.ToString(CultureInfo.InvariantCulture)),
            },
            ["timeout"] = "60s",
            ["grace"] = "1s",
            ["overlap"] = Overlap,
            ["misfire"] = Misfire,
            ["misfireGrace"] = "4s",
            ["enabled"] = true,
        };
        if (QueueLimit is { } limit)
        {
            request["queueLimit"] = limit;
        }

        return request;
    }
}
