using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Policies;

/// <summary>May this call be made?</summary>
internal sealed record PolicyQuestion
{
    /// <summary>The run it is asked in.</summary>
    public required RunStart Run { get; init; }

    public required string ToolUseId { get; init; }

    /// <summary>The agent's name of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>As the agent gave it, secrets and all; erased before anybody else sees it.</summary>
    public JsonElement? ToolInput { get; init; }

    /// <summary>What the call does; at least one.</summary>
    public required IReadOnlyList<PolicyTarget> Targets { get; init; }

    /// <summary>Where paths that are not absolute are meant from; null for the run's folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it may change something, so that the default and a policy server have a say; of other calls only rules that fit them have.</summary>
    public required bool MayWrite { get; init; }

    /// <summary>Whether the agent waits for the answer; otherwise it is only written down.</summary>
    public required bool Enforced { get; init; }
}

/// <summary>One thing that a call does.</summary>
/// <param name="Action">Such as <c>tool_use/edit_file</c>.</param>
/// <param name="Resource">As the audit log names it.</param>
/// <param name="ResourceType">Such as <c>file</c>.</param>
/// <param name="Paths">Ways in which the file is written in the call; empty for what is no file.</param>
internal sealed record PolicyTarget(string Action, string Resource, string ResourceType, IReadOnlyList<string> Paths);
