using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Tests.App;

/// <summary>Lines as Claude Code writes them, for scenarios.</summary>
internal static class AgentLines
{
    public const string Session = """{"type":"system","subtype":"init","session_id":"s-1","cwd":"$FOLDER","tools":["Edit","Bash"],"mcp_servers":[],"model":"claude-sonnet-4-5","permissionMode":"default","claude_code_version":"2.1.0"}""";

    private const string Spoken = """{"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"ID","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[CONTENT],"usage":{"input_tokens":100,"output_tokens":OUTPUT}}}""";

    private const string Answered = """{"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"ID","content":TEXT,"is_error":ERROR}]}}""";

    private const string Ended = """{"type":"result","subtype":"SUBTYPE","session_id":"s-1","duration_ms":1200,"duration_api_ms":900,"is_error":ERROR,"num_turns":2,"result":"done","total_cost_usd":0.01,"permission_denials":[]}""";

    public static string Says(string id, string text, int output = 10) => Message(id, """{"type":"text","text":TEXT}""".Replace("TEXT", Quoted(text), StringComparison.Ordinal), output);

    public static string Edits(string id, string file) => Message(
        "m-" + id,
        """{"type":"tool_use","id":"ID","name":"Edit","input":{"file_path":"$FOLDER/FILE","old_string":"a","new_string":"b"}}""".Replace("ID", id, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal),
        20);

    public static string Returns(string id, string text, bool isError = false) => Answered.Replace("ID", id, StringComparison.Ordinal).Replace("TEXT", Quoted(text), StringComparison.Ordinal).Replace("ERROR", isError ? "true" : "false", StringComparison.Ordinal);

    public static string Result(bool isError = false) => Ended.Replace("SUBTYPE", isError ? "error_during_execution" : "success", StringComparison.Ordinal).Replace("ERROR", isError ? "true" : "false", StringComparison.Ordinal);

    /// <summary>An agent that edits a file and says so.</summary>
    public static string EditScenario(string file) => $"""
        say {Session}
        say {Edits("toolu_1", file)}
        edit {file} changed
        say {Returns("toolu_1", "The file has been updated.")}
        say {Says("m-2", "Done.")}
        say {Result()}
        """;

    private static string Message(string id, string content, int output) => Spoken
        .Replace("\"ID\"", Quoted(id), StringComparison.Ordinal)
        .Replace("CONTENT", content, StringComparison.Ordinal)
        .Replace("OUTPUT", output.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
