using Signalbox.Sdk.Jobs;

namespace Signalbox.Examples.Jobs;

/// <summary>How long <see cref="StubbornJob"/> takes.</summary>
/// <param name="Seconds">0–3600.</param>
public sealed record StubbornArguments(int Seconds);

/// <summary>How not to write a handler: it never looks at its token, so it ends as abandoned when it takes longer than its timeout and its grace.</summary>
public sealed class StubbornJob : IJob<StubbornArguments>
{
    public async Task RunAsync(StubbornArguments arguments, JobContext context, CancellationToken cancellationToken)
    {
        await context.Output.WriteLineAsync("I do not listen.");
        await Task.Delay(TimeSpan.FromSeconds(arguments.Seconds), TimeProvider.System, CancellationToken.None);
    }
}
