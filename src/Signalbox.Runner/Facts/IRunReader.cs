namespace Signalbox.Runner.Facts;

/// <summary>Computes something of a run from its facts: the same facts, the same result, without clock, chance or environment.</summary>
/// <remarks>Called by one thread at a time.</remarks>
internal interface IRunReader
{
    void Take(RunFact fact);
}
