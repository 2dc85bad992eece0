using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;

namespace Signalbox.Runner.App.Running;

/// <summary>The variables that a command gets beside those of the runner.</summary>
internal static class ChildEnvironment
{
    /// <param name="telemetry">What sends the agent's own telemetry to the runner: variables to set, and with null those to take away.</param>
    /// <param name="isAgent">An agent does not need the runner's own token, with which it could rewrite what the server was told of it.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> own, RunFolder folder, RunTrace trace, IReadOnlyDictionary<string, string?> telemetry, bool isAgent)
    {
        var environment = new Dictionary<string, string>(own, ProcessEnvironment.Names);
        foreach (var (name, value) in telemetry)
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }

        if (isAgent)
        {
            environment.Remove("SIGNALBOX_TOKEN");
        }

        environment["TRACEPARENT"] = trace.TraceParent;
        if (trace.State is { } state)
        {
            environment["TRACESTATE"] = state;
        }
        else
        {
            // One that came without a parent, or with one that is none, belongs to no trace.
            environment.Remove("TRACESTATE");
        }

        environment[RunnerSettings.FolderVariable] = folder.Path;
        environment[RunnerSettings.RunVariable] = folder.RunId;
        environment[RunnerSettings.StartVariable] = IdHash.Of(File.ReadAllBytes(folder.File(RunFiles.Start)));
        return environment;
    }
}
