namespace Signalbox.Runner.Auditing.Tools;

/// <summary>What a call does, in the words of the audit log.</summary>
/// <param name="Action">Such as <c>tool_use/edit_file</c> or <c>platform/merge_pr</c>.</param>
/// <param name="ResourceType">One that the server knows: <c>file</c>, <c>pull_request</c>, <c>branch</c>, …</param>
/// <param name="Resource">A path relative to the root, <c>owner/repo#42</c>, or the tool's name.</param>
/// <param name="Note">What has to be said of it, because the call tells less than one would wish; null for nothing.</param>
internal sealed record ToolTarget(string Action, string ResourceType, string Resource, string? Note = null)
{
    public const string EditFile = "tool_use/edit_file";

    public bool IsEdit => Action == EditFile;
}
