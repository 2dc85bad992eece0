using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Policies;

/// <summary>Decides whether a call may be made: by the rules, then by the policy server, then by the default.</summary>
/// <remarks>A rule that denies is final. With a policy server a rule that allows only keeps the default away: what the server says counts. Thread-safe.</remarks>
/// <param name="redactor">Asked for when a policy server is, since building it takes longer than a decision by rules.</param>
internal sealed class PolicyEngine(PolicyOptions options, PolicyPath paths, Lazy<Redactor> redactor, TimeProvider clock) : IDisposable
{
    /// <summary>Id of a decision that no rule and no server made.</summary>
    public const string DefaultId = "default";

    private const string RulesSource = "rules";
    private const string OpaSource = "opa";

    /// <summary>Things that one call does beyond which it is denied unasked.</summary>
    private const int MaxTargets = 32;

    private readonly PolicyRules _rules = new(options);
    private readonly Lazy<OpaClient?> _opa = new(() => options.Opa is null ? null : new OpaClient(options.Opa, clock));

    public async Task<PolicyDecided> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        if (question.Targets.Count > MaxTargets)
        {
            return Of(question, false, DefaultId, [$"The call does {question.Targets.Count} things at once; at most {MaxTargets} are decided on."]);
        }

        var verdict = _rules.Decide(question, paths);
        if (verdict is { Allow: false } || options.Opa is null || !IsAsked(question, options.Opa))
        {
            return verdict is null ? ByDefault(question) : Of(question, verdict.Allow, verdict.PolicyId, verdict.Reasons);
        }

        return await AskAsync(question, cancellationToken);
    }

    /// <summary>What counts when a decision cannot be had.</summary>
    public PolicyDecided OnError(PolicyQuestion question, string failure) => Of(question, options.AllowsOnError, DefaultId, [failure]) with { Failure = failure };

    /// <summary>Whether somebody decided, so that the agent is to be told; silence leaves the call to the agent's own permissions.</summary>
    public static bool HasOpinion(PolicyDecided decided) => !decided.Allow || (decided.PolicyId != DefaultId && decided.Failure is null);

    public void Dispose()
    {
        if (_opa.IsValueCreated)
        {
            _opa.Value?.Dispose();
        }
    }

    private static bool IsAsked(PolicyQuestion question, OpaOptions opa) =>
        question.MayWrite || opa.Tools.Any(tool => TextPattern.Matches(tool, question.Tool, StringComparison.Ordinal));

    private PolicyDecided ByDefault(PolicyQuestion question) => options.AllowsByDefault || !question.MayWrite
        ? Of(question, true, DefaultId, [])
        : Of(question, false, DefaultId, [$"No rule allows {question.Targets[0].Action} on {question.Targets[0].Resource}."]);

    /// <summary>Asks for each thing that the call does; the first answer that denies is the call's.</summary>
    /// <remarks>All answers together have the time of one decision: an agent whose hook is late goes on without it, so a call that does many things must not take many times as long.</remarks>
    private async Task<PolicyDecided> AskAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        var erased = new List<string>();
        var begun = clock.GetTimestamp();
        PolicyDecided? allowed = null;
        foreach (var target in question.Targets)
        {
            if (TryCreate(question, target) is not { } asked)
            {
                return OnError(question, "The call's input cannot be told: it has a member twice, or a text that is no Unicode.");
            }

            erased.AddRange(asked.Erased.Except(erased, StringComparer.Ordinal));
            var answer = await _opa.Value!.AskAsync(asked.Body, options.Opa!.Timeout - clock.GetElapsedTime(begun), cancellationToken);
            var decided = Of(question, answer.Allow ?? options.AllowsOnError, answer.PolicyId, [.. answer.Reasons]) with
            {
                Source = OpaSource,
                DecisionId = answer.DecisionId,
                Bundles = answer.Bundles,
                Failure = answer.Failure,
                Erased = erased,
            };
            if (!decided.Allow)
            {
                return decided;
            }

            // A failure that the configuration lets pass must not be hidden by an answer to the next question.
            allowed = allowed is { Failure: not null } ? allowed with { Erased = erased } : decided;
        }

        return allowed ?? ByDefault(question);
    }

    private OpaQuestion? TryCreate(PolicyQuestion question, PolicyTarget target)
    {
        try
        {
            return OpaQuestion.Create(question, target, redactor.Value);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private PolicyDecided Of(PolicyQuestion question, bool allow, string policyId, IReadOnlyList<string> reasons) => new()
    {
        At = clock.GetUtcNow(),
        ToolUseId = question.ToolUseId,
        Allow = allow,
        PolicyId = policyId,
        Reasons = reasons,
        Source = RulesSource,
        Enforced = question.Enforced,
    };
}
