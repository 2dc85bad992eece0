using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity;
using Signalbox.Server.Platform.Access;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class AccessTableTests
{
    /// <summary>Which of the two is there depends on whether the console was built.</summary>
    private static readonly string[] ConsolePatterns = ["/", "/{**path:nonfile}"];

    [Fact]
    public async Task EveryEndpointHasALine()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);

        var without = Endpoints(server).Where(static endpoint => AccessTable.Find(endpoint.Method, endpoint.Pattern) is null);

        Assert.Empty(without);
    }

    [Fact]
    public async Task EveryLineHasAnEndpoint()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);
        var endpoints = Endpoints(server).ToHashSet();

        var without = AccessTable.Rows.Where(row => !endpoints.Contains((row.Method, row.Pattern)) && !ConsolePatterns.Contains(row.Pattern, StringComparer.Ordinal));

        Assert.Empty(without);
        Assert.Contains(endpoints, static endpoint => ConsolePatterns.Contains(endpoint.Pattern, StringComparer.Ordinal));
    }

    [Fact]
    public void TheMethodMayBeWrittenInAnyCaseAsTheRouterTakesIt() => Assert.Same(AccessTable.Find("GET", "/api/v1/tokens"), AccessTable.Find("get", "/api/v1/tokens"));

    [Fact]
    public void EveryScopeOfTheTableIsOffered() =>
        Assert.All(AccessTable.Rows, static row => Assert.True(row.Rule.Scope is null || Scopes.Exists(row.Rule.Scope), $"{row.Pattern} needs {row.Rule.Scope}, which GET /api/v1/scopes does not list."));

    [Fact]
    public void EveryScopeOnOfferOpensSomething() => Assert.Empty(Scopes.All.Select(static scope => scope.Name).Except(AccessTable.Rows.Select(static row => row.Rule.Scope), StringComparer.Ordinal));

    private static IEnumerable<(string Method, string Pattern)> Endpoints(TestServer server) =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints
        let route = Assert.IsType<RouteEndpoint>(endpoint)
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select (method, AccessTable.PatternOf(route));
}
