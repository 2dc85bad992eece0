using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;
using Signalbox.Runner.Readings;

namespace Signalbox.Runner.App.Running;

/// <summary>Writes down what the policy says of calls about which the agent did not ask.</summary>
/// <remarks>
/// It decides when the answer of a call comes: by then a hook has decided if there is one, so that no call has two decisions. Such a decision keeps nobody from anything
/// and says so. Not thread-safe.
/// </remarks>
internal sealed class PolicyRecorder : IDisposable
{
    /// <summary>Calls that wait for their answers; of further ones nothing is written down.</summary>
    private const int MaxCalls = 10_000;

    private readonly Dictionary<string, ToolCalled> _calls = new(StringComparer.Ordinal);
    private readonly PolicyQuestions _questions;
    private readonly PolicyEngine _engine;
    private readonly DecisionFeed _decisions;
    private readonly FactLog _facts;
    private readonly Lazy<OwnSteps> _steps;
    private string? _folder;

    private PolicyRecorder(RunBeginning run, DecisionFeed decisions, FactLog facts, Lazy<OwnSteps> steps)
    {
        _steps = steps;
        _questions = new PolicyQuestions(run.Start, AuditOptions.Of(run.Start));
        _engine = new PolicyEngine(run.Request.Options.Policy, PolicyPath.OnDisk(run.Start.Root), run.Redactor, run.Request.Clock);
        (_decisions, _facts) = (decisions, facts);
    }

    /// <returns>Null where there is no policy.</returns>
    public static PolicyRecorder? For(RunBeginning run, DecisionFeed decisions, FactLog facts, Lazy<OwnSteps> steps) =>
        run.Request.Options.Policy.IsSet ? new PolicyRecorder(run, decisions, facts, steps) : null;

    /// <summary>To be called before the event is handed on.</summary>
    public async Task TakeAsync(AgentEvent told)
    {
        switch (told)
        {
            case SessionStarted { Folder: { Length: > 0 } folder }:
                _folder = folder;
                break;
            case ToolCalled { ToolUseId.Length: > 0 } call when _calls.Count < MaxCalls:
                _calls.TryAdd(call.ToolUseId, call);
                break;
            case ToolReturned answer when _calls.Remove(answer.ToolUseId, out var call) && !_decisions.Has(answer.ToolUseId):
                var question = _questions.Of(call, _folder, enforced: false);
                var decided = await _steps.Value.MeasureAsync(OwnSteps.PolicyDecide, () => _engine.DecideAsync(question, CancellationToken.None));
                if (question.MayWrite || PolicyEngine.HasOpinion(decided))
                {
                    _facts.Note(decided);
                }

                break;
        }
    }

    public void Dispose() => _engine.Dispose();
}
