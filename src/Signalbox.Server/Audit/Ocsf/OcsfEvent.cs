using System.Globalization;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Ocsf;

/// <summary>Writes records as events of the Open Cybersecurity Schema Framework, for security teams' own stores.</summary>
/// <remarks>
/// Sign-in and sign-out are Authentication (3002), what changes something is Entity Management (3004), everything else API Activity (6003).
/// What the schema has no member for is under <c>unmapped</c>. Source: https://schema.ocsf.io/1.3.0/
/// </remarks>
internal static class OcsfEvent
{
    public const string SchemaVersion = "1.3.0";

    private const int Authentication = 3002;
    private const int EntityManagement = 3004;
    private const int ApiActivity = 6003;
    private const int Other = 99;

    /// <param name="activity">What the action amounts to, as its vocabulary says; <see cref="AuditActivity.Other"/> when it knows no such action any more.</param>
    /// <param name="sequence">The record's place in the log.</param>
    public static JsonObject Of(AuditRecord record, AuditActivity activity, long sequence)
    {
        var (classUid, activityId, activityName) = Kind(record, activity);
        var node = new JsonObject
        {
            ["activity_id"] = activityId,
            ["activity_name"] = activityName,
            ["category_uid"] = classUid / 1000,
            ["category_name"] = classUid == ApiActivity ? "Application Activity" : "Identity & Access Management",
            ["class_uid"] = classUid,
            ["class_name"] = classUid switch { Authentication => "Authentication", EntityManagement => "Entity Management", _ => "API Activity" },
            ["type_uid"] = ((long)classUid * 100) + activityId,
            ["type_name"] = $"{(classUid switch { Authentication => "Authentication", EntityManagement => "Entity Management", _ => "API Activity" })}: {activityName}",
            ["time"] = record.Time.ToUnixTimeMilliseconds(),
            ["message"] = record.Message,
            ["status"] = record.Outcome == "succeeded" ? "Success" : "Failure",
            ["status_id"] = record.Outcome == "succeeded" ? 1 : 2,
            ["metadata"] = Metadata(record, sequence),
            ["actor"] = new JsonObject { ["user"] = User(record.Actor) },
            ["src_endpoint"] = Endpoint(record),
            ["unmapped"] = Unmapped(record),
        };
        AddSeverity(node, record);
        AddReasons(node, record);
        AddSubject(node, record, classUid);
        return node;
    }

    private static (int Class, int Activity, string Name) Kind(AuditRecord record, AuditActivity activity) => record.Action switch
    {
        "session.create" => (Authentication, 1, "Logon"),
        "session.delete" => (Authentication, 2, "Logoff"),
        _ => activity switch
        {
            AuditActivity.Create => (EntityManagement, 1, "Create"),
            AuditActivity.Update => (EntityManagement, 3, "Update"),
            AuditActivity.Delete => (EntityManagement, 4, "Delete"),
            AuditActivity.Read => (ApiActivity, 2, "Read"),
            _ => (ApiActivity, Other, record.Action),
        },
    };

    /// <summary>What was lost or refused is worth a look; the rest is for the record.</summary>
    private static void AddSeverity(JsonObject node, AuditRecord record)
    {
        var (id, name) = record.Class == "gap" ? (4, "High") : record.Outcome == "denied" ? (3, "Medium") : record.Outcome == "failed" ? (2, "Low") : (1, "Informational");
        (node["severity_id"], node["severity"]) = (id, name);
    }

    private static void AddReasons(JsonObject node, AuditRecord record)
    {
        if (record.Reasons.Count > 0)
        {
            node["status_detail"] = string.Join(" ", record.Reasons);
        }
    }

    private static void AddSubject(JsonObject node, AuditRecord record, int classUid)
    {
        switch (classUid)
        {
            case Authentication:
                node["user"] = User(record.Actor);
                node["is_remote"] = record.Address is not null;
                node["service"] = new JsonObject { ["name"] = "Signalbox" };
                break;
            case EntityManagement:
                var entity = new JsonObject { ["type"] = record.Resource.Type, ["uid"] = record.Resource.Id, ["name"] = record.Resource.Name };
                if (record.Before is not null)
                {
                    entity["data"] = record.Before.DeepClone();
                }

                node["entity"] = entity;
                if (record.After() is { } after)
                {
                    node["entity_result"] = new JsonObject { ["type"] = record.Resource.Type, ["uid"] = record.Resource.Id, ["name"] = record.Resource.Name, ["data"] = after };
                }

                break;
            default:
                node["api"] = new JsonObject { ["operation"] = record.Action, ["service"] = new JsonObject { ["name"] = "Signalbox" } };
                if (record.RequestId is { } request)
                {
                    node["api"]!["request"] = new JsonObject { ["uid"] = request };
                }

                node["resources"] = new JsonArray(new JsonObject { ["type"] = record.Resource.Type, ["uid"] = record.Resource.Id, ["name"] = record.Resource.Name });
                break;
        }
    }

    private static JsonObject Metadata(AuditRecord record, long sequence)
    {
        var metadata = new JsonObject
        {
            ["version"] = SchemaVersion,
            ["uid"] = record.Id,
            ["sequence"] = sequence,
            ["log_name"] = "audit",
            ["tenant_uid"] = record.Tenant,
            ["product"] = new JsonObject { ["name"] = "Signalbox", ["vendor_name"] = "Signalbox", ["version"] = ProductVersion.Text },
        };
        if (record.TraceId is { } trace)
        {
            metadata["correlation_uid"] = trace;
        }

        if (record.OccurredAt is { } occurredAt)
        {
            metadata["original_time"] = occurredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    private static JsonObject User(AuditActor actor)
    {
        var (id, name) = actor.Kind switch { AuditActor.User or AuditActor.ExternalUser => (1, "User"), AuditActor.SystemKind => (3, "System"), _ => (Other, actor.Kind) };
        var user = new JsonObject { ["uid"] = actor.Id, ["name"] = actor.Name, ["type"] = name, ["type_id"] = id };
        if (actor.TokenId is { } token)
        {
            user["credential_uid"] = token;
        }

        return user;
    }

    /// <summary>The schema asks for one; what the server did itself came from the server.</summary>
    private static JsonObject Endpoint(AuditRecord record)
    {
        var endpoint = new JsonObject();
        if (record.Address is { } address)
        {
            endpoint["ip"] = address;
        }
        else
        {
            endpoint["name"] = "signalbox";
        }

        if (record.Peer is { } peer && peer != record.Address)
        {
            endpoint["intermediate_ips"] = new JsonArray(peer);
        }

        return endpoint;
    }

    private static JsonObject Unmapped(AuditRecord record)
    {
        var rest = new JsonObject { ["class"] = record.Class, ["action"] = record.Action, ["outcome"] = record.Outcome, ["source"] = record.Source };
        Add(rest, "resourcePath", record.Resource.Path);
        Add(rest, "policyId", record.PolicyId);
        Add(rest, "decisionId", record.DecisionId);
        Add(rest, "requestId", record.RequestId);
        Add(rest, "addressChain", record.AddressChain);
        Add(rest, "userAgent", record.UserAgent);
        Add(rest, "onBehalfOf", record.OnBehalfOf is null ? null : User(record.OnBehalfOf));
        Add(rest, "reporter", record.Reporter is null ? null : User(record.Reporter));
        Add(rest, "diff", record.Diff?.DeepClone());
        Add(rest, "data", record.Data?.DeepClone());
        Add(rest, "cut", record.Cut.Count == 0 ? null : new JsonArray([.. record.Cut.Select(static cut => (JsonNode?)cut.Path)]));
        Add(rest, "redacted", record.Redacted.Count == 0 ? null : new JsonArray([.. record.Redacted.Select(static erasure => (JsonNode?)erasure.Path)]));
        return rest;
    }

    private static void Add(JsonObject node, string name, JsonNode? value)
    {
        if (value is not null)
        {
            node[name] = value;
        }
    }
}
