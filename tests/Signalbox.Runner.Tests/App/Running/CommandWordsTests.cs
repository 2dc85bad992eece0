using Signalbox.Runner.App.Running;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Runner.Tests.App.Running;

public sealed class CommandWordsTests
{
    private static readonly Redactor Redactor = new(new RedactionOptions { Key = new byte[32] });

    [Theory]
    [InlineData("deploy --password %s --verbose")]
    [InlineData("deploy --api_key %s x")]
    [InlineData("deploy --token=%s x")]
    [InlineData("curl -u admin:%s https://example.org")]
    [InlineData("sshpass -p %s ssh host")]
    [InlineData("mysql -u root -p%s db")]
    [InlineData("curl -H Authorization:|Bearer|%s https://example.org")]
    [InlineData("docker login -u me -p %s registry.example.org")]
    [InlineData("git clone https://me:%s@git.example.org/a.git")]
    [InlineData("env DB_PASSWORD=%s true")]
    [InlineData("tool one|line|--secret|%s|more")]
    public void ErasesWhatTheWordsBeforeTellToBeASecret(string line)
    {
        const string Secret = "k4mN1pR5t0zz";
        string[] words = [.. line.Split(' ').SelectMany(static word => word.Split('|')).Select(static word => word.Replace("%s", Secret, StringComparison.Ordinal))];
        var clean = CommandWords.Redact(words, Redactor);

        Assert.Equal(words.Length, clean.Count);
        Assert.DoesNotContain(Secret, string.Join(' ', clean), StringComparison.Ordinal);
        Assert.All(words.Zip(clean).Where(static pair => !pair.First.Contains(Secret, StringComparison.Ordinal)), static pair => Assert.Equal(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("claude -p|say what the token count is --output-format stream-json --verbose --max-tokens 500")]
    [InlineData("docker run -p 8080:80 -u 1000:1000 image")]
    [InlineData("make test")]
    [InlineData("")]
    public void LeavesWhatIsNoSecret(string line)
    {
        string[] words = [.. line.Split(' ').SelectMany(static word => word.Split('|'))];

        Assert.Equal(words, CommandWords.Redact(words, Redactor));
    }

    [Fact]
    public void ErasesAWordWholeWhenItMakesASecretOfTheOneBefore()
    {
        string[] words = ["tool", "Cookie:", "a=1;", "session=k4mN1pR5t0zz", "-----BEGIN", "RSA", "PRIVATE", "KEY-----", "MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn", "-----END", "RSA", "PRIVATE", "KEY-----"];
        var clean = string.Join(' ', CommandWords.Redact(words, Redactor));

        Assert.DoesNotContain("k4mN1pR5t0zz", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn", clean, StringComparison.Ordinal);
    }
}
