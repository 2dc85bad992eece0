using System.Text.Json.Nodes;

namespace Signalbox.Audit.Tests.Events;

/// <summary>Bodies of reports.</summary>
internal static class ReportBodies
{
    /// <param name="wrong">A member that takes the place of a good one.</param>
    public static string Event(string wrong = "")
    {
        var auditEvent = new JsonObject { ["id"] = Guid.CreateVersion7().ToString(), ["action"] = "run.finish", ["resource"] = new JsonObject { ["type"] = "run", ["id"] = "bad-input" } };
        if (wrong.Length == 0)
        {
            return auditEvent.ToJsonString();
        }

        // The raw text is kept, since some of what is tried is no text that a node could hold.
        auditEvent.Remove(wrong.Split('"')[1]);
        return auditEvent.ToJsonString()[..^1] + (auditEvent.Count > 0 ? "," : string.Empty) + wrong + "}";
    }

    /// <summary>A whole report of runs that started.</summary>
    public static string Runs(int count, string resource = "1")
    {
        var events = Enumerable.Range(0, count).Select(_ => $$$"""{"id":"{{{Guid.CreateVersion7()}}}","action":"run.start","resource":{"type":"run","id":"{{{resource}}}"}}""");
        return $$"""{"events":[{{string.Join(',', events)}}]}""";
    }
}
