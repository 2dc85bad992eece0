using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Logging;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Sdk.Tests.Logging;

public sealed class RedactedLinesTests
{
    [Theory]
    [InlineData(LogLineFormat.Json)]
    [InlineData(LogLineFormat.Text)]
    public void HoldNoSecretOfMessagesFieldsAndExceptions(LogLineFormat format)
    {
        var token = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345";
        using var output = new StringWriter();
        using var provider = new LogLineProvider(new LogLineOptions { Output = output, Format = format, Redactor = Redactor.Default });

        provider.CreateLogger("Shop").LogError(new InvalidOperationException($"refused {token}"), "used {Token} and {Url}", token, $"https://x:{token}@example.org/");
        provider.CreateLogger("Shop").LogInformation("signed in with {Password}", "correct");

        Assert.DoesNotContain("0123456789", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[redacted:github-token:", output.ToString(), StringComparison.Ordinal);
    }
}
