using Xunit;

namespace Signalbox.Architecture.Tests;

public sealed class ExceptionListTests
{
    [Fact]
    public void TheListIsShort() => Assert.InRange(Exceptions.All.Count, 0, Exceptions.MaxExceptions);

    [Fact]
    public void EveryExceptionIsArgued() => Assert.All(Exceptions.All, static exception => Assert.InRange(exception.Why.Length, 20, 300));
}
