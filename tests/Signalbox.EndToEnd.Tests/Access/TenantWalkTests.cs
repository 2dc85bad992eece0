using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Access;

public sealed class TenantWalkTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private const string MissingTenant = "no-such-tenant";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IEnumerable<Endpoint> Reads => tenants.Endpoints.Where(static endpoint => endpoint.Method == HttpMethod.Get);

    private IEnumerable<Endpoint> Changes => tenants.Endpoints.Where(static endpoint => endpoint.Method != HttpMethod.Get && !endpoint.Open && !endpoint.IsReadByForm);

    [Fact]
    public async Task NoReadShowsAByteOfAnotherTenant()
    {
        var shown = new List<string>();
        foreach (var endpoint in Reads)
        {
            var answer = await SendAsync(endpoint, tenants.SouthAdmin);
            Assert.True((int)answer.Status < 500, $"{endpoint} is answered with {answer}");
            if (ShowsTheCanary(answer))
            {
                shown.Add($"{endpoint}: {answer}");
            }
        }

        Assert.True(shown.Count == 0, string.Join('\n', shown));
    }

    [Fact]
    public async Task TheSameReadsShowATenantItsOwn()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in Reads)
        {
            if (ShowsTheCanary(await SendAsync(endpoint, tenants.NorthAdmin)))
            {
                shown.Add(endpoint.Path.Split('?')[0]);
            }
        }

        // Without this, the walk above could pass because it looks in the wrong places.
        string[] expected =
        [
            "/api/v1/tokens", "/api/v1/users", "/api/v1/tenants", "/api/v1/ingest/sources", "/prometheus/api/v1/query", "/prometheus/api/v1/query_range", "/prometheus/api/v1/series",
            "/prometheus/api/v1/labels", "/prometheus/api/v1/label/__name__/values", "/prometheus/api/v1/label/lane/values", "/prometheus/api/v1/metadata",
            "/api/v1/scheduler/tasks", "/api/v1/scheduler/executions", "/api/v1/scheduler/executions/timeline",
            "/api/v1/runs", "/api/v1/runs/costs",
            "/api/v1/audit/events", "/api/v1/audit/checkpoint", "/api/v1/audit/keys", "/api/v1/audit/export",
        ];
        Assert.Empty(expected.Except(shown, StringComparer.Ordinal));
    }

    [Fact]
    public async Task NamingAnotherTenantIsRefusedAsIfItDidNotExist()
    {
        foreach (var endpoint in Reads.Where(static endpoint => !endpoint.Open))
        {
            var existing = await SendAsync(endpoint, tenants.SouthAdmin, TwoTenants.North);
            var missing = await SendAsync(endpoint, tenants.SouthAdmin, MissingTenant);

            Assert.True(existing.Status == HttpStatusCode.Forbidden, $"{endpoint} is answered with {existing}");
            Assert.Equal(missing.Status, existing.Status);
            Assert.Equal(Without(missing.Text, MissingTenant).Length, Without(existing.Text, TwoTenants.North).Length);
        }
    }

    [Fact]
    public async Task NothingButWhatIsDocumentedAnswersWithoutAToken()
    {
        var wrong = new List<string>();
        foreach (var endpoint in tenants.Endpoints)
        {
            var answer = await SendAsync(endpoint, token: null);
            if (endpoint.Open ? answer.Status == HttpStatusCode.Forbidden : answer.Status != HttpStatusCode.Unauthorized)
            {
                wrong.Add($"{endpoint} is answered with {answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task NothingThatChangesSomethingIsOpenToAViewer()
    {
        var wrong = new List<string>();
        foreach (var endpoint in Changes)
        {
            var answer = await SendAsync(endpoint, tenants.SouthViewer);
            if (endpoint.IsAboutASession ? (int)answer.Status is < 400 or >= 500 : answer.Status != HttpStatusCode.Forbidden)
            {
                wrong.Add($"{endpoint} is answered with {answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task AnAdminFindsNothingOfAnotherTenantToChange()
    {
        var wrong = new List<string>();
        foreach (var endpoint in Changes.Where(static endpoint => endpoint.HasId))
        {
            var answer = await SendAsync(endpoint, tenants.SouthAdmin);
            if (answer.Status != HttpStatusCode.NotFound)
            {
                wrong.Add($"{endpoint} is answered with {answer}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        using var north = new MetricCalls(tenants.Server.Address, tenants.NorthAdmin);
        Assert.Contains("canary-user", await north.Client.GetStringAsync("/api/v1/users", Cancelled), StringComparison.Ordinal);
    }

    private static bool ShowsTheCanary(Answer answer) => answer.Text.Contains(TwoTenants.Canary, StringComparison.OrdinalIgnoreCase);

    private static string Without(string text, string part) => text.Replace(part, string.Empty, StringComparison.Ordinal);

    private async Task<Answer> SendAsync(Endpoint endpoint, string? token, string? tenant = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = tenants.Server.Address };
        using var request = new HttpRequestMessage(endpoint.Method, endpoint.Path);
        if (endpoint.Method != HttpMethod.Get)
        {
            // Whole where a request is checked before what it is about is looked for: the walk is about the latter.
            var body = endpoint.Method == HttpMethod.Put && endpoint.Path.StartsWith("/api/v1/scheduler/tasks/", StringComparison.Ordinal) ? """{"name":"walk","http":{"method":"GET","url":"http://walk.invalid/"}}""" : "{}";
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (tenant is not null)
        {
            request.Headers.Add("X-Scope-OrgID", tenant);
        }

        using var response = await client.SendAsync(request, Cancelled);
        return new Answer(response.StatusCode, $"{response.Headers}{await response.Content.ReadAsStringAsync(Cancelled)}");
    }

    private sealed record Answer(HttpStatusCode Status, string Text);
}
