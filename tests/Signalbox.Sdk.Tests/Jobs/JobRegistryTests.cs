using Signalbox.Sdk.Jobs;
using Xunit;

namespace Signalbox.Sdk.Tests.Jobs;

public sealed class JobRegistryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\n")]
    public void TakesNoNameWithWhiteSpace(string name) => Assert.Throws<ArgumentException>(() => new JobRegistry().Add(name, static () => new Disposed()));

    [Fact]
    public void TakesNoNameTwice()
    {
        var registry = new JobRegistry().Add("twice", static () => new Disposed());

        Assert.Contains("'twice'", Assert.Throws<ArgumentException>(() => registry.Add("twice", static () => new Disposed())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakesANewHandlerForEachRunAndDisposesOfIt()
    {
        var made = new List<Disposed>();
        var handler = new JobRegistry().Add("test", () =>
        {
            made.Add(new Disposed());
            return made[^1];
        }).Handlers["test"];
        var context = new JobContext
        {
            ExecutionId = "execution",
            JobId = "job",
            JobName = "job",
            Attempt = 1,
            Fence = 1,
            NominalAt = DateTimeOffset.UnixEpoch,
            TraceId = new string('0', 32),
            Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            Output = TextWriter.Null,
        };

        await handler.RunAsync(null, context, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<JobArgumentsException>(() => handler.RunAsync("""{"more":1}""", context, TestContext.Current.CancellationToken));
        await handler.RunAsync("{}", context, TestContext.Current.CancellationToken);

        Assert.Equal([(1, 1), (1, 1)], made.Select(static job => (job.Runs, job.Disposals)));
    }

    private sealed class Disposed : IJob<NoArguments>, IDisposable
    {
        public int Runs { get; private set; }

        public int Disposals { get; private set; }

        public Task RunAsync(NoArguments arguments, JobContext context, CancellationToken cancellationToken)
        {
            Runs++;
            return Task.CompletedTask;
        }

        public void Dispose() => Disposals++;
    }
}
