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

    [Theory]
    [InlineData(LogLineFormat.Json)]
    [InlineData(LogLineFormat.Text)]
    public void TakeTheRedactorThatTheProgramHasNow(LogLineFormat format)
    {
        var current = Redactor.Default;
        var secret = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345";
        using var output = new StringWriter();
        using var provider = new LogLineProvider(new LogLineOptions { Output = output, Format = format, CurrentRedactor = () => current });
        var log = provider.CreateLogger("Shop");
        log.LogInformation("used {Thing}", secret);
        current = Redactor.Default.WithKey("0123456789abcdef"u8.ToArray());

        log.LogInformation("used {Thing}", secret);

        Assert.Contains(Redactor.Default.Redact(secret), output.ToString(), StringComparison.Ordinal);
        Assert.Contains(current.Redact(secret), output.ToString(), StringComparison.Ordinal);
    }
}
