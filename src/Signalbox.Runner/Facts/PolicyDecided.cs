using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>What a policy said of a call. One line of <c>decisions.jsonl</c>, written by the runner or by its hook.</summary>
[JsonConverter(typeof(PolicyDecidedConverter))]
internal sealed record PolicyDecided : RunFact
{
    public required string ToolUseId { get; init; }

    public required bool Allow { get; init; }

    /// <summary>The rule that decided, as the configuration or the policy server names it; <c>default</c> when none did.</summary>
    public required string PolicyId { get; init; }

    [AllowNull]
    public IReadOnlyList<string> Reasons { get; init => field = Texts(value); } = [];

    /// <summary>The policy server's id of this decision.</summary>
    public string? DecisionId { get; init; }

    /// <summary>Revisions of the policy server's bundles, <c>name=revision</c>.</summary>
    [AllowNull]
    public IReadOnlyList<string> Bundles { get; init => field = Texts(value); } = [];

    /// <summary>JSON Pointers into the question's <c>input</c> where secrets were erased before the policy server saw it.</summary>
    [AllowNull]
    public IReadOnlyList<string> Erased { get; init => field = Texts(value); } = [];

    /// <summary><c>rules</c>, <c>opa</c>, <c>resources</c> (no new work while memory is short) or <c>budget</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the decision was enforced (the agent asked before it acted) or only recorded.</summary>
    public required bool Enforced { get; init; }

    /// <summary>The decision could not be had (no answer in time, no result) and this is what the configuration says then.</summary>
    public string? Failure { get; init; }

    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? read) => [.. (read ?? []).OfType<string>()];
}
