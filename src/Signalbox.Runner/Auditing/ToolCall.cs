using System.Text.Json;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing;

/// <summary>How a call ended.</summary>
internal enum ToolOutcome
{
    /// <summary>Not known yet.</summary>
    Open,
    Succeeded,
    Failed,
    Denied,
}

/// <summary>A call with all that is known of it so far.</summary>
/// <param name="call">As the agent told it; made up from a denial when it told only of that.</param>
/// <param name="index">Its place among all calls of the stream.</param>
internal sealed class ToolCall(ToolCalled call, int index)
{
    /// <summary>The sources of denials, in the order in which they are listed.</summary>
    public const string PermissionSignal = "permission_denied";
    public const string ResultSignal = "result";
    public const string PolicySignal = "policy";
    public const string AnswerSignal = "tool_result";

    private readonly HashSet<string> _signals = new(StringComparer.Ordinal);

    public ToolCalled Call { get; set; } = call;

    public int Index => index;

    /// <summary>What it writes, beside files of which only the work tree tells.</summary>
    public IReadOnlyList<ToolTarget> Writes { get; set; } = [];

    /// <summary>What it would have done, were it refused; at least one.</summary>
    public IReadOnlyList<ToolTarget> Refused { get; set; } = [];

    /// <summary>Whether there is no policy, so that nobody waits for a decision on what was done.</summary>
    public bool HasNoPolicy { get; init; }

    /// <summary>Absent when the agent gave none.</summary>
    public string? Id => Call.ToolUseId.Length == 0 ? null : Call.ToolUseId;

    /// <summary>Whether only a denial told of it.</summary>
    public bool IsMadeUp { get; set; }

    /// <summary>The session in which it was called.</summary>
    public string? SessionId { get; init; }

    public ToolReturned? Returned { get; set; }

    public PolicyDecided? Decision { get; set; }

    /// <summary>What the stream says of its end, once that is certain; a policy may know better.</summary>
    public ToolOutcome Streamed { get; private set; }

    /// <summary>What the stream says of the reason.</summary>
    public string? StreamedReason { get; private set; }

    /// <summary>The answer with which it was over; null when it was over without one. What comes after that changes nothing.</summary>
    public ToolReturned? Answer { get; private set; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset EndedAt => Answer?.At ?? Call.At;

    public bool IsSettled { get; set; }

    /// <summary>Why it was refused, in the words of whoever told it first.</summary>
    public string? DenialReason { get; private set; }

    public bool IsDeniedByStream => _signals.Count > 0;

    /// <summary>Whether a policy kept the agent from the call.</summary>
    public bool IsDeniedByPolicy => Decision is { Allow: false, Enforced: true } && !(HasNoPolicy && Streamed == ToolOutcome.Succeeded);

    public ToolOutcome Outcome => Streamed == ToolOutcome.Open ? ToolOutcome.Open : IsDeniedByPolicy ? ToolOutcome.Denied : Streamed;

    public bool Has(string signal) => signal == PolicySignal ? IsDeniedByPolicy : _signals.Contains(signal);

    public void Deny(string signal, string? reason)
    {
        _signals.Add(signal);
        DenialReason ??= reason;
    }

    public void End(ToolOutcome outcome, string? reason)
    {
        if (Streamed == ToolOutcome.Open)
        {
            (Streamed, StreamedReason, Answer) = (outcome, reason, Returned);
        }
    }

    /// <summary>Lets go of what may be large and is not needed any more.</summary>
    public void Forget(JsonElement noInput)
    {
        Returned = Returned is null ? null : Returned with { Text = null, Details = null };
        Answer = Answer is null ? null : Returned;
        if (Streamed == ToolOutcome.Succeeded)
        {
            // A denial without an id is looked for among the inputs of all others.
            Call = Call with { Input = noInput };
        }
    }
}
