using System.Runtime.Loader;
using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Handlers;

public sealed class HandlerCatalogTests
{
    private static readonly HandlerCatalog Catalog = HandlerCatalog.Load([ExampleAssembly.File]);

    [Fact]
    public void KnowsItsOwnHandlersAndThoseOfTheAssemblies() => Assert.Equal(["example.stubborn", "example.tidy", "noop"], Catalog.Names);

    [Fact]
    public void KeepsAnAssemblyInAContextOfItsOwn()
    {
        var assembly = Catalog.Find("example.tidy")!.Arguments.Assembly;

        Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(assembly));
    }

    [Theory]
    [InlineData("noop", null, null, null)]
    [InlineData("noop", "{}", null, null)]
    [InlineData("example.tidy", """{"folder":"/tmp","olderThanDays":7}""", null, null)]
    [InlineData("no.such", null, "name", "There is no handler 'no.such'; there are example.stubborn, example.tidy, noop.")]
    [InlineData("noop", """{"x":1}""", "arguments.x", "'x'")]
    [InlineData("example.tidy", null, "arguments", "'folder', 'olderThanDays'")]
    [InlineData("example.tidy", """{"folder":"/tmp","olderThanDays":"seven"}""", "arguments.olderThanDays", "arguments.olderThanDays does not fit handler example.tidy: Cannot get the value of a token type 'String' as a number.")]
    [InlineData("example.tidy", """{"folder":"/tmp","olderThanDays":7,"patern":"*"}""", "arguments.patern", "'patern'")]
    [InlineData("example.tidy", """{"folder":null,"olderThanDays":7}""", "arguments.folder", "null")]
    [InlineData("example.tidy", "null", "arguments", "null")]
    [InlineData("example.tidy", "[]", "arguments", "could not be converted")]
    [InlineData("example.stubborn", "{}", "arguments", "'seconds'")]
    public void ChecksAJobsArguments(string name, string? arguments, string? member, string? part)
    {
        var wrong = Catalog.Check(name, arguments);

        Assert.Equal(member, wrong?.Member);
        Assert.True(wrong is null || wrong.Value.Message.Contains(part!, StringComparison.Ordinal), wrong?.Message);
    }

    [Fact]
    public void NamesEveryAssemblyThatCannotBeUsed()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("text.dll", "no assembly");

        var refusal = Assert.Throws<SettingsException>(() => HandlerCatalog.Load([folder.File("missing.dll"), text, typeof(TemporaryFolder).Assembly.Location, ExampleAssembly.File, ExampleAssembly.File]));

        Assert.Equal(
            [
                $"{folder.File("missing.dll")} does not exist.",
                $"{text} cannot be used: it is no .NET assembly.",
                $"{typeof(TemporaryFolder).Assembly.Location} has no public class that implements Signalbox.Sdk.Jobs.IJobModule and has a constructor without parameters.",
                $"{ExampleAssembly.File} cannot be used: There are two handlers of the name 'example.tidy'. (Parameter 'name')",
            ],
            refusal.Errors.Select(static error => error.Message));
        Assert.All(refusal.Errors, static error => Assert.Equal("jobs.handler_assemblies", error.Key));
    }
}
