using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Settings;

namespace Signalbox.Runner.Policies;

/// <summary>Answers an agent that asks before it uses a tool.</summary>
/// <remarks>
/// It fails closed: an agent goes on when its hook says nothing or falls over, so whatever goes wrong here is told as a denial, unless the configuration says that
/// calls pass then.
/// </remarks>
internal static class PolicyHook
{
    private const string Unreadable = "The hook's input cannot be read.";

    /// <param name="folder">The working folder of this process.</param>
    /// <returns>What goes to stdout; empty for silence.</returns>
    public static async Task<string> AnswerAsync(Stream input, IReadOnlyDictionary<string, string> environment, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        HookRun run;
        try
        {
            run = HookRun.Open(environment, folder, clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or SettingsException)
        {
            return HookAnswer.Denying($"cicd-runner cannot tell the policy: {exception.Message}");
        }

        var bytes = await HookInput.ReadAsync(input, cancellationToken);
        if (bytes is null || HookInput.Parse(bytes.Value) is not { } told)
        {
            return run.Policy.AllowsOnError || (run.Folder is null && !run.Policy.IsSet) ? string.Empty : HookAnswer.Denying(Unreadable);
        }

        return told.Event == HookInput.PreToolUse ? await AnswerAsync(told, run, clock, cancellationToken) : string.Empty;
    }

    private static async Task<string> AnswerAsync(HookInput told, HookRun run, TimeProvider clock, CancellationToken cancellationToken)
    {
        var call = new ToolCalled { At = clock.GetUtcNow(), Line = 0, ToolUseId = told.ToolUseId, Name = told.Tool, Input = told.Input };
        var question = new PolicyQuestions(run.Start, run.Audit).Of(call, told.Folder, enforced: true);
        using var engine = new PolicyEngine(run.Policy, PolicyPath.OnDisk(run.Start.Root), run.Redactor, clock);
        PolicyDecided decided;
        try
        {
            decided = run.Refusal(told.ToolUseId, clock.GetUtcNow()) ?? await engine.DecideAsync(question, cancellationToken);
        }
        catch (JsonException exception)
        {
            decided = engine.OnError(question, $"The run's state cannot be read: {exception.Message}");
        }

        if (run.Folder is not null && (question.MayWrite || PolicyEngine.HasOpinion(decided)))
        {
            try
            {
                using var file = new FactFile<PolicyDecided>(run.Folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided);
                decided = file.Append(decided);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // What is not on record must not be allowed by silence.
                decided = decided.Allow ? engine.OnError(question, $"The decision cannot be written down: {exception.Message}") : decided;
            }
        }

        return HookAnswer.Of(decided);
    }
}
