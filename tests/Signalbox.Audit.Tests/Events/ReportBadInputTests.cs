using System.Net;
using System.Text;
using Signalbox.Audit.Tests.Api;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

public sealed class ReportBadInputTests(AuditServer server) : IClassFixture<AuditServer>
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"id\":\"7\"", "id", "UUID")]
    [InlineData("\"id\":null", "id", "missing")]
    [InlineData("\"action\":\"order.refund\"", "action", "audit.actions")]
    [InlineData("\"action\":\"token.create\"", "action", "cannot be reported")]
    [InlineData("\"action\":\"audit.gap\"", "action", "cannot be reported")]
    [InlineData("\"action\":\"app/*\"", "action", "audit.actions")]
    [InlineData("\"resource\":{\"type\":\"order\",\"id\":\"1\"}", "resource.type", "audit.resource_types")]
    [InlineData("\"resource\":{\"type\":\"run\"}", "resource.id", "missing")]
    [InlineData("\"resource\":{\"type\":\"run\",\"id\":\" \"}", "resource.id", "empty")]
    [InlineData("\"resource\":{\"type\":\"run\",\"id\":\"1\",\"size\":2}", "resource.size", "no such member")]
    [InlineData("\"resource\":7", "resource", "object")]
    [InlineData("\"actor\":{\"kind\":\"robot\",\"id\":\"1\"}", "actor.kind", "agent")]
    [InlineData("\"actor\":{\"kind\":\"user\"}", "actor.id", "missing")]
    [InlineData("\"actor\":{\"kind\":\"system\",\"id\":\"system\"}", "actor.id", "Signalbox itself")]
    [InlineData("\"onBehalfOf\":{\"kind\":\"system\",\"id\":\"system\"}", "onBehalfOf.id", "Signalbox itself")]
    [InlineData("\"outcome\":\"ok\"", "outcome", "succeeded, failed, denied")]
    [InlineData("\"occurredAt\":\"2026-03-04T05:06:07\"", "occurredAt", "2026-03-04T05:06:07.890Z")]
    [InlineData("\"occurredAt\":\"2999-01-01T00:00:00Z\"", "occurredAt", "until")]
    [InlineData("\"occurredAt\":\"1999-12-31T23:59:59Z\"", "occurredAt", "2000-01-01")]
    [InlineData("\"traceId\":\"00000000000000000000000000000000\"", "traceId", "32 hexadecimal")]
    [InlineData("\"source\":\"no blanks\"", "source", "letters")]
    [InlineData("\"reasons\":\"no\"", "reasons", "list of at most 16")]
    [InlineData("\"reasons\":[\"a\",7]", "reasons[1]", "text")]
    [InlineData("\"data\":[1]", "data", "object")]
    [InlineData("\"after\":{\"a\":\"\\ud800\"}", "after", "half of a character")]
    [InlineData("\"policyId\":\"\\u0000\"", "policyId", "control character")]
    [InlineData("\"message\":\"\\ud800\"", "message", "whole characters")]
    [InlineData("\"colour\":\"red\"", "colour", "no such member")]
    public async Task NamesIndexMemberAndWhatIsAllowedAndTakesNothing(string wrong, string member, string expected)
    {
        using var client = server.Server.Client(server.Server.AdminToken);

        var problem = await client.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event()}},{{ReportBodies.Event(wrong)}}]}""", HttpStatusCode.BadRequest);

        Assert.Contains(expected, problem.ErrorOf($"events[1].{member}"), StringComparison.Ordinal);
        Assert.Contains("Nothing of this request was recorded", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Empty((await client.GetJsonAsync($"{Path}?action=run.finish&resourceId=bad-input"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("policyId", 512)]
    [InlineData("decisionId", 512)]
    [InlineData("requestId", 512)]
    [InlineData("message", 2048)]
    [InlineData("source", 128)]
    public async Task TakesTextsUpToTheirLimit(string member, int limit)
    {
        using var client = server.Server.Client(server.Server.AdminToken);

        // Of another run than the refused ones, of which nothing may be found.
        await client.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event($"\"{member}\":\"{new string('a', limit)}\"").Replace("bad-input", "long-text", StringComparison.Ordinal)}}]}""");
        var problem = await client.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event($"\"{member}\":\"{new string('a', limit + 1)}\"")}}]}""", HttpStatusCode.BadRequest);

        Assert.Contains($"at most {limit}", problem.ErrorOf($"events[0].{member}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAnIdThatIsInTheRequestTwice()
    {
        using var client = server.Server.Client(server.Server.AdminToken);
        var auditEvent = ReportBodies.Event();

        var problem = await client.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{auditEvent}},{{ReportBodies.Event()}},{{auditEvent}}]}""", HttpStatusCode.BadRequest);

        Assert.Contains("events[0]", problem.ErrorOf("events[2].id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "malformed_json")]
    [InlineData("[", "malformed_json")]
    [InlineData("{\"events\":[{\"id\":1,\"id\":2}]}", "malformed_json")]
    [InlineData("[]", "invalid_member")]
    [InlineData("{\"events\":{}}", "invalid_member")]
    [InlineData("{\"events\":[]}", "invalid_member")]
    [InlineData("{\"events\":[7]}", "invalid_member")]
    public async Task RefusesWhatIsNoReport(string body, string code)
    {
        using var client = server.Server.Client(server.Server.AdminToken);

        Assert.Equal(code, (string?)(await client.JsonAsync(HttpMethod.Post, Path, body, HttpStatusCode.BadRequest))["code"]);
        using var text = await client.PostAsync(Path, new StringContent(body, Encoding.UTF8, "text/plain"), Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
    }
}
