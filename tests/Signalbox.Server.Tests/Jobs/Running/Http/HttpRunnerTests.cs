using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Signalbox.Server.Jobs.Running.Http;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Http;

public sealed class HttpRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendsTheRequestWithItsOriginAndItsTrace()
    {
        await using var receiver = await Receiver.StartAsync(Token);
        await using var bed = new RunningBed();
        var request = bed.Request(Work(receiver, "/hook?x=1") with
        {
            Method = "PUT",
            Body = """{"text":"grüß"}""",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Own"] = "ä-own", ["Authorization"] = "Bearer s3cret" },
        });

        var result = await bed.RunAsync(request with { JobName = "nächtlich" });

        Assert.Equal((RunEnd.Succeeded, null), (result.End, result.Error));
        var received = Assert.Single(receiver.Requests);
        Assert.Equal(("PUT", "/hook?x=1", """{"text":"grüß"}"""), (received.Method, received.Target, Encoding.UTF8.GetString(received.Body)));
        Assert.Equal("Bearer s3cret", received.Headers["Authorization"]);
        Assert.Equal("application/json; charset=utf-8", received.Headers["Content-Type"]);
        Assert.Equal(request.ExecutionId, received.Headers["signalbox-execution-id"]);
        Assert.Equal(request.JobId, received.Headers["signalbox-job-id"]);
        Assert.Equal("n%C3%A4chtlich", received.Headers["signalbox-job-name"]);
        Assert.Equal(("1", "42"), (received.Headers["signalbox-attempt"], received.Headers["signalbox-fence"]));
        Assert.Equal("2026-03-04T05:06:00.000Z", received.Headers["signalbox-nominal-time"]);
        Assert.Matches("^00-0123456789abcdef0123456789abcdef-[0-9a-f]{16}-01$", received.Headers["traceparent"]);
    }

    [Fact]
    public async Task SignsWithTheKeyOfTheDataFolder()
    {
        await using var receiver = await Receiver.StartAsync(Token);
        await using var bed = new RunningBed();
        var request = bed.Request(Work(receiver) with { Body = "hello" });

        await bed.RunAsync(request);
        await bed.RunAsync(request with { Attempt = 2 });

        var file = bed.Data.File(SigningKey.FileName);
        Assert.True(WebhookSignature.TryReadKey((await File.ReadAllTextAsync(file, Token)).Trim(), out var key));
        foreach (var received in receiver.Requests)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
            Assert.Equal(request.ExecutionId, received.Headers["webhook-id"]);
            Assert.Equal(WebhookSignature.Sign(key, request.ExecutionId, time, received.Body), received.Headers["webhook-signature"]);
        }

        Assert.Equal(["1", "2"], receiver.Requests.Select(static received => received.Headers["signalbox-attempt"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task SignsForEachTenantWithAKeyOfItsOwn()
    {
        await using var receiver = await Receiver.StartAsync(Token);
        await using var bed = new RunningBed(adjust: static options => options with { TrustedTenants = ["default", "acme"] });
        var request = bed.Request(Work(receiver) with { Body = "hello" });

        await bed.RunAsync(request with { Tenant = new TenantId("acme") });

        Assert.True(WebhookSignature.TryReadKey((await File.ReadAllTextAsync(bed.Data.File(SigningKey.FileName), Token)).Trim(), out var key));
        var received = Assert.Single(receiver.Requests);
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(received.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.NotEqual(WebhookSignature.Sign(key, request.ExecutionId, time, received.Body), received.Headers["webhook-signature"]);
        var own = HMACSHA256.HashData(key, "tenant:acme"u8);
        Assert.Equal(WebhookSignature.Sign(own, request.ExecutionId, time, received.Body), received.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task SignsNothingThatIsNotToBeSigned()
    {
        await using var receiver = await Receiver.StartAsync(Token);
        await using var bed = new RunningBed();

        await bed.RunAsync(bed.Request(Work(receiver) with { Sign = false }));

        Assert.DoesNotContain(receiver.Requests.Single().Headers.Keys, static name => name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase));
        Assert.False(File.Exists(bed.Data.File(SigningKey.FileName)));
    }

    [Theory]
    [InlineData(200, "2xx", true, false)]
    [InlineData(404, "2xx,404", true, false)]
    [InlineData(204, "200", false, true)]
    [InlineData(404, "2xx", false, true)]
    [InlineData(429, "2xx", false, false)]
    [InlineData(503, "2xx", false, false)]
    public async Task SucceedsWithTheStatusesItExpects(int status, string expected, bool succeeds, bool permanent)
    {
        await using var receiver = await Receiver.StartAsync(Token, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(Work(receiver) with { ExpectStatus = expected.Split(',') }));

        Assert.Equal((succeeds ? RunEnd.Succeeded : RunEnd.Failed, permanent), (result.End, result.Permanent));
        Assert.Equal(succeeds ? null : $"http {status}", result.Cause);
    }

    [Fact]
    public async Task KeepsTheAnswerAsOutputWithoutItsCredentials()
    {
        await using var receiver = await Receiver.StartAsync(Token, static context =>
        {
            context.Response.Headers["Set-Cookie"] = "session=s3cret";
            context.Response.Headers["X-Answer"] = "yes";
            return context.Response.WriteAsync("body", Token);
        });
        await using var bed = new RunningBed();
        var request = bed.Request(Work(receiver, "/hook?token=s3cret"));

        await bed.RunAsync(request);

        var head = bed.Kept.Text(request.ExecutionId, OutputStream.Err);
        Assert.Equal("body", bed.Kept.Text(request.ExecutionId, OutputStream.Out));
        Assert.StartsWith($"> POST {receiver.Address}hook?…\n< HTTP/1.1 200 OK\n", head, StringComparison.Ordinal);
        Assert.Contains("< X-Answer: yes\n", head, StringComparison.Ordinal);
        Assert.Contains("< Set-Cookie: [not kept]\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogsNoSecretOfARequest()
    {
        await using var receiver = await Receiver.StartAsync(Token, static context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        using var log = new LogCapture();
        await using var bed = new RunningBed(log: log);

        await bed.RunAsync(bed.Request(Work(receiver, "/hook?token=s3cret") with { Body = "s3cret", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer s3cret" } }));

        Assert.Contains("http 500", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowsNoRedirect()
    {
        await using var elsewhere = await Receiver.StartAsync(Token);
        await using var receiver = await Receiver.StartAsync(Token, context =>
        {
            context.Response.Redirect(elsewhere.Address.AbsoluteUri + "?token=s3cret");
            return Task.CompletedTask;
        });
        await using var bed = new RunningBed();

        var result = await bed.RunAsync(bed.Request(Work(receiver)));

        Assert.Equal((RunEnd.Failed, "http 302"), (result.End, result.Cause));
        Assert.EndsWith($"It points to {elsewhere.Address}?…, and redirects are not followed.", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task ReadsNoMoreOfAnAnswerThanItMay()
    {
        await using var receiver = await Receiver.StartAsync(Token, static async context =>
        {
            var kilobyte = new string('x', 1024);
            for (var count = 0; count < 100_000 && !context.RequestAborted.IsCancellationRequested; count++)
            {
                await context.Response.WriteAsync(kilobyte, context.RequestAborted);
            }
        });
        await using var bed = new RunningBed(adjust: static options => options with { Http = options.Http with { ResponseLimit = 5000 } });
        var request = bed.Request(Work(receiver));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Succeeded, result.End);
        Assert.Equal(new string('x', 5000), bed.Kept.Text(request.ExecutionId, OutputStream.Out));
        Assert.Contains("jobs.http_response_limit", bed.Kept.Text(request.ExecutionId, OutputStream.Err), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BreaksACallOffWhenItIsToEnd()
    {
        var inside = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(Token, async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            inside.SetResult();
            await aborted.Task;
        });
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        var request = bed.Request(Work(receiver));
        var run = bed.RunAsync(request);
        await inside.Task;

        clock.Advance(request.Timeout);

        Assert.Equal((RunEnd.TimedOut, "timeout"), ((await run).End, (await run).Cause));
        await aborted.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task SaysThatNobodyListens()
    {
        await using var bed = new RunningBed();
        var port = LoopbackPort.Free();

        var result = await bed.RunAsync(bed.Request(new HttpWork { Method = "GET", Url = new Uri($"http://127.0.0.1:{port}/") }));

        Assert.Equal((RunEnd.Failed, "connect", false), (result.End, result.Error!.Type, result.Permanent));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    public async Task KeepsTenantsThatAreNotTrustedFromTheServersOwnNetwork(string host)
    {
        await using var receiver = await Receiver.StartAsync(Token);
        await using var bed = new RunningBed();
        var work = new HttpWork { Method = "GET", Url = new Uri($"http://{host}:{receiver.Address.Port}/") };

        var refused = await bed.RunAsync(bed.Request(work) with { Tenant = new TenantId("acme") });

        Assert.Equal((RunEnd.Failed, "address_refused", true), (refused.End, refused.Error!.Type, refused.Permanent));
        Assert.Empty(receiver.Requests);
    }

    private static HttpWork Work(Receiver receiver, string path = "/") => new() { Method = "POST", Url = new Uri(receiver.Address, path) };
}
