using System.Net;
using System.Text.RegularExpressions;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

public sealed partial class AuditTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryWriteIsRecordedWithWhatChangedAndWithoutSecrets()
    {
        using var log = new LogCapture();
        await using (var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = log.AddTo }))
        {
            using var admin = server.Client(server.AdminToken);
            var id = await admin.CreateTaskIdAsync("""{"name":"x","timeout":"5m","http":{"url":"http://127.0.0.1:1/","headers":{"Authorization":"hunter2"}}}""");
            await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", """{"name":"x","timeout":"7m","http":{"url":"http://127.0.0.1:1/","headers":{"Authorization":"hunter3"}}}""");
            await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/disable");
            await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/enable");
            await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", "{}", HttpStatusCode.Accepted);
            await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, """{"name":"y","command":{"environment":{"P":"hunter4"}},"handler":1}""", "invalid_member", HttpStatusCode.BadRequest);
            await admin.JsonAsync(HttpMethod.Delete, $"{JobsApi.Tasks}/{id}", null, HttpStatusCode.NoContent);
        }

        Assert.DoesNotContain("hunter", log.Text, StringComparison.Ordinal);
        Assert.All(["create", "update", "disable", "enable", "trigger", "delete"], action => Assert.Contains($"Audit: task.{action} done", log.Text, StringComparison.Ordinal));
        Assert.Contains("timeout: 5m → 7m", log.Text, StringComparison.Ordinal);

        // What the API hides is erased once more by its name; the marks differ, since the value was changed.
        var marks = ChangedHeader().Match(log.Text);
        Assert.True(marks.Success, "The line of the change does not name the header.");
        Assert.NotEqual(marks.Groups["before"].Value, marks.Groups["after"].Value);
    }

    [GeneratedRegex(@"http\.headers\.Authorization: \[redacted:[a-z-]+:(?<before>\w+)\] → \[redacted:[a-z-]+:(?<after>\w+)\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ChangedHeader();
}
