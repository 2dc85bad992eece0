using Signalbox.Server.Jobs.Running.Http;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Http;

public sealed class WebhookSignatureTests
{
    /// <summary>The example that the libraries of Standard Webhooks test themselves with; also given by openssl.</summary>
    [Fact]
    public void SignsAsTheSpecificationSays()
    {
        Assert.True(WebhookSignature.TryReadKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var key));

        var signature = WebhookSignature.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), """{"test": 2432232314}"""u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, but long enough")]
    public void TakesNoKeyThatIsTooShortOrNoBase64(string text) => Assert.False(WebhookSignature.TryReadKey(text, out _));

    [Fact]
    public void TakesTheKeysItMakes() => Assert.True(WebhookSignature.TryReadKey(WebhookSignature.NewKey(), out var key) && key.Length == 32);
}
