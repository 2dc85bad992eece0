namespace Signalbox.Runner.Agents.Mapping;

/// <summary>The events that a mapping may make, with the members of each.</summary>
internal static class MappingSchema
{
    public static readonly string[] Actions = ["session", "text", "tool_call", "tool_result", "usage", "result", "denial", "note"];

    /// <summary>Members with a value.</summary>
    public static string[] Values(string action) => action switch
    {
        "session" => ["id", "model", "folder", "version", "permission_mode"],
        "text" => ["text", "message_id", "model", "parent", "stop_reason", "error"],
        "tool_call" => ["id", "name", "input", "parent", "message_id"],
        "tool_result" => ["id", "text", "details", "parent"],
        "usage" => ["input", "output", "cache_read", "cache_creation", "message_id", "model", "parent"],
        "result" => ["subtype", "session_id", "turns", "duration_ms", "api_duration_ms", "stop_reason", "text", "error", "cost_usd"],
        "denial" => ["id", "name", "input", "reason_type", "reason"],
        "note" => ["kind", "text"],
        _ => [],
    };

    /// <summary>Members that are so or not.</summary>
    public static string[] Flags(string action) => action switch
    {
        "text" => ["thinking"],
        "tool_result" or "result" => ["is_error"],
        "usage" => ["input_includes_cache"],
        _ => [],
    };

    /// <summary>Members without which the event could not be.</summary>
    public static string[] Required(string action) => action switch
    {
        "text" => ["text"],
        "tool_call" => ["id", "name"],
        "tool_result" => ["id"],
        "note" => ["kind"],
        _ => [],
    };
}
