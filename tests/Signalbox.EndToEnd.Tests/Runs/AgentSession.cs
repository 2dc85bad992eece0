namespace Signalbox.EndToEnd.Tests.Runs;

/// <summary>What the agent of <see cref="WholeRunTests"/> tells and does: it edits a file, changes another by a shell, asks to edit one that it may not, and comments on a pull request.</summary>
internal static class AgentSession
{
    /// <summary>Stands in for a key that a file of the repository holds.</summary>
    public const string Secret = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";

    /// <summary>Of the first message there are two lines with the same account, as the agent writes one for each part; the closing account has 10 more of the output.</summary>
    public const string Scenario =
        """
        say {"type":"system","subtype":"init","session_id":"s-1","cwd":"$FOLDER","tools":["Edit","Bash","mcp__github__add_issue_comment"],"mcp_servers":[{"name":"github","status":"connected"}],"model":"claude-sonnet-4-5","permissionMode":"acceptEdits","claude_code_version":"2.1.240"}
        say {"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"msg_1","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"text","text":"The price is wrong; the key is ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8."}],"usage":{"input_tokens":100,"output_tokens":20,"cache_read_input_tokens":0,"cache_creation_input_tokens":500}}}
        say {"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"msg_1","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_edit","name":"Edit","input":{"file_path":"$FOLDER/src/prices.txt","old_string":"1","new_string":"2"}}],"usage":{"input_tokens":100,"output_tokens":20,"cache_read_input_tokens":0,"cache_creation_input_tokens":500}}}
        ask toolu_edit Edit {"file_path":"src/prices.txt","old_string":"1","new_string":"2"}
        edit src/prices.txt 2
        say {"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_edit","content":"The file has been updated."}]}}
        asked
        say {"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"msg_2","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_shell","name":"Bash","input":{"command":"sed -i s/old/new/ notes.txt"}}],"usage":{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":500,"cache_creation_input_tokens":0}}}
        ask toolu_shell Bash {"command":"sed -i s/old/new/ notes.txt"}
        shell sed -i s/old/new/ notes.txt
        say {"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_shell","content":""}]}}
        asked
        say {"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"msg_3","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_ci","name":"Edit","input":{"file_path":"$FOLDER/ci/build.yml","old_string":"test","new_string":"skip"}}],"usage":{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":500,"cache_creation_input_tokens":0}}}
        ask toolu_ci Edit {"file_path":"ci/build.yml","old_string":"test","new_string":"skip"}
        edit ci/build.yml skip
        say {"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_ci","content":"The file has been updated."}]}}
        asked
        say {"type":"assistant","session_id":"s-1","parent_tool_use_id":null,"message":{"id":"msg_4","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"toolu_comment","name":"mcp__github__add_issue_comment","input":{"owner":"acme","repo":"shop","issue_number":8,"body":"Done."}}],"usage":{"input_tokens":10,"output_tokens":20,"cache_read_input_tokens":500,"cache_creation_input_tokens":0}}}
        ask toolu_comment mcp__github__add_issue_comment {"owner":"acme","repo":"shop","issue_number":8,"body":"Done."}
        say {"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_comment","content":"https://github.com/acme/shop/pull/8#issuecomment-1"}]}}
        asked
        say {"type":"result","subtype":"success","session_id":"s-1","is_error":false,"num_turns":4,"duration_ms":1200,"duration_api_ms":900,"result":"Done.","total_cost_usd":0.25,"usage":{"input_tokens":130,"output_tokens":90},"modelUsage":{"claude-sonnet-4-5":{"inputTokens":130,"outputTokens":90,"cacheReadInputTokens":1500,"cacheCreationInputTokens":500,"costUSD":0.25}},"permission_denials":[{"tool_name":"Edit","tool_use_id":"toolu_ci","tool_input":{"file_path":"ci/build.yml"}}]}
        """;
}
