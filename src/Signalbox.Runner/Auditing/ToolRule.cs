using Signalbox.Settings;

namespace Signalbox.Runner.Auditing;

/// <summary>Says of a tool which action it is.</summary>
/// <param name="Tool">A name; <c>*</c> stands for any text: <c>mcp__tickets__*</c>.</param>
/// <param name="Action">One that the server takes, such as <c>tool_use/…</c>, <c>platform/…</c> or <c>app/…</c>; <c>none</c> for a tool that writes nothing.</param>
/// <param name="ResourceType"><c>file</c> for a path, which is named relative to the root.</param>
/// <param name="Resource">Where the input says what is written to, names with dots between them. Null: the tool's name.</param>
internal sealed record ToolRule(string Tool, string Action, string ResourceType, string? Resource)
{
    public const string None = "none";

    private static readonly string[] Prefixes = ["tool_use/", "platform/", "app/"];

    /// <returns>Null when it cannot be used; the reader has been told.</returns>
    public static ToolRule? Read(SettingsSection section)
    {
        var rule = new ToolRule(section.Text("tool") ?? string.Empty, section.Text("action") ?? string.Empty, section.Text("resource_type") ?? "tool", section.Text("resource"));
        section.Finish();
        if (rule.Tool.Length == 0)
        {
            section.Fail("tool", "This is missing: the name of a tool, or a pattern such as mcp__tickets__*.");
            return null;
        }

        if (rule.Action == None || Array.Exists(Prefixes, prefix => rule.Action.Length > prefix.Length && rule.Action.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return rule;
        }

        section.Fail("action", $"'{rule.Action}' is not allowed; write tool_use/…, platform/… or app/…, or none for a tool that writes nothing.");
        return null;
    }
}
