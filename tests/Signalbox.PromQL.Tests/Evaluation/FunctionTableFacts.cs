using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Syntax;
using Signalbox.PromQL.Tests.Scripting;

namespace Signalbox.PromQL.Tests.Evaluation;

public sealed class FunctionTableFacts
{
    [Fact]
    public void EveryVectorFunctionThatParsesIsImplemented()
    {
        // start_timestamp needs samples that know when their counter began, which the sample model does not carry.
        var missing = FunctionSignature.Names
            .Where(static name => FunctionSignature.Find(name)!.Returns == ExprType.InstantVector)
            .Except(VectorFunctions.Names)
            .Except(["start_timestamp"]);
        Assert.Empty(missing);
    }

    [Fact]
    public async Task StartTimestampSaysThatItIsNotEnabled()
    {
        var exception = await Assert.ThrowsAsync<PromQLExecutionException>(
            async () => await ScriptRunner.TestEngine.InstantAsync(new MemorySource(), "start_timestamp(foo)", 0, CancellationToken.None));
        Assert.Contains("not enabled", exception.Message, StringComparison.Ordinal);
    }
}
