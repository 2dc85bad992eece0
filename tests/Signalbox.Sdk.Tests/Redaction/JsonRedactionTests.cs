using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Sdk.Tests.Redaction;

public sealed class JsonRedactionTests
{
    private static readonly Redactor Subject = new(new RedactionOptions { Key = "0123456789abcdef"u8.ToArray() });

    [Theory]
    [InlineData("password")]
    [InlineData("newPassword")]
    [InlineData("DB_PASSWORD")]
    [InlineData("dbpassword")]
    [InlineData("x-api-key")]
    [InlineData("apiKey")]
    [InlineData("APIKey")]
    [InlineData("client_secret")]
    [InlineData("refreshToken")]
    [InlineData("connectionString")]
    [InlineData("Set-Cookie")]
    [InlineData("Authorization")]
    [InlineData("passwordValue")]
    [InlineData("password_2")]
    [InlineData("aws.secretAccessKey")]
    public void ErasesAMemberByItsName(string name)
    {
        var result = Subject.Scan(new JsonObject { [name] = "x", ["other"] = "y" });

        Assert.Matches(@"^\[redacted:field:[a-z2-7]{8}\]$", result.Node![name]!.GetValue<string>());
        Assert.Equal("y", result.Node["other"]!.GetValue<string>());
        Assert.Equal("/" + name, Assert.Single(result.Places).Path);
    }

    [Theory]
    [InlineData("tokenCount")]
    [InlineData("passwordPolicy")]
    [InlineData("secretsScanned")]
    [InlineData("nextPageToken")]
    [InlineData("tokenType")]
    [InlineData("secretName")]
    [InlineData("keyId")]
    [InlineData("cookieConsent")]
    [InlineData("author")]
    [InlineData("monkey")]
    [InlineData("compass")]
    public void LeavesAMemberWhoseNameOnlySoundsSo(string name)
    {
        var tree = new JsonObject { [name] = "x" };

        Assert.Same(tree, Subject.Redact(tree));
    }

    [Fact]
    public void ErasesEverythingBelowASecretAndNumbersOfTokensNot()
    {
        var redacted = Subject.Redact(JsonNode.Parse("""{"secret": {"a": 1, "b": ["x", true, null]}, "tokens": 512, "token": {"id": "t1", "value": "v"}}"""))!;

        Assert.StartsWith("[redacted:field:", redacted["secret"]!["a"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("[redacted:field:", redacted["secret"]!["b"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(redacted["secret"]!["b"]![1]!.GetValue<bool>());
        Assert.Equal(512, redacted["tokens"]!.GetValue<int>());
        Assert.Equal("t1", redacted["token"]!["id"]!.GetValue<string>());
        Assert.StartsWith("[redacted:field:", redacted["token"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void ErasesAValueBesideItsName()
    {
        var redacted = Subject.Redact(JsonNode.Parse("""[{"name": "DB_PASSWORD", "value": "x"}, {"name": "HOME", "value": "y"}]"""))!;

        Assert.StartsWith("[redacted:field:", redacted[0]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("y", redacted[1]!["value"]!.GetValue<string>());
    }

    [Fact]
    public void ErasesByPointerAndLeavesWhatIsAllowed()
    {
        var redactor = new Redactor(new RedactionOptions { Masks = ["/headers/*", "/**/note"], AllowPaths = ["/login/password"], MaskedNames = ["card number"], AllowedNames = ["csrf token"] });
        var redacted = redactor.Redact(JsonNode.Parse("""{"headers": {"a": "1"}, "x": {"y": {"NOTE": 5}}, "login": {"password": "p"}, "customerCardNumber": "c", "csrfToken": "d"}"""))!;

        Assert.StartsWith("[redacted:mask:", redacted["headers"]!["a"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("[redacted:mask:", redacted["x"]!["y"]!["NOTE"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("p", redacted["login"]!["password"]!.GetValue<string>());
        Assert.StartsWith("[redacted:field:", redacted["customerCardNumber"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("d", redacted["csrfToken"]!.GetValue<string>());
    }

    [Fact]
    public void LeavesTheTreeThatWasGivenAsItWas()
    {
        var tree = JsonNode.Parse("""{"a/b": [{"password": "p"}], "c": {"d": "e"}}""")!;
        var before = tree.ToJsonString();

        var result = Subject.Scan(tree);

        Assert.Equal(before, tree.ToJsonString());
        Assert.Equal("/a~1b/0/password", Assert.Single(result.Places).Path);
        Assert.Equal(result.Node!.ToJsonString(), Subject.Redact(result.Node)!.ToJsonString());
    }

    [Fact]
    public void ErasesWhatLiesTooDeep()
    {
        JsonNode tree = "bottom";
        for (var level = 0; level < 20; level++)
        {
            tree = new JsonObject { ["n"] = tree };
        }

        var redacted = new Redactor(new RedactionOptions { MaxDepth = 5 }).Scan(tree);

        Assert.Equal(("/n/n/n/n/n", "depth"), (Assert.Single(redacted.Places).Path, redacted.Places[0].Rule));
    }

    [Fact]
    public void RedactsNamesOfMembers()
    {
        var token = "glpat" + "-" + "9aB2xY7kQ4mN1pR5t0zz";
        var redacted = Subject.Redact(new JsonObject { [token] = 1 })!.AsObject();

        Assert.StartsWith("[redacted:gitlab-token:", redacted.GetAt(0).Key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--password", true)]
    [InlineData("--db-password", true)]
    [InlineData("-apiKey", true)]
    [InlineData("--auth-token", true)]
    [InlineData("--verbose", false)]
    [InlineData("--page-token", false)]
    [InlineData("password", false)]
    [InlineData("--", false)]
    public void RedactsTheArgumentBehindAnOptionThatNamesASecret(string option, bool isSecret)
    {
        var redacted = Subject.Redact(new JsonArray("deploy", option, "k4mN1p", "other", 7))!.AsArray();

        Assert.Equal(isSecret, redacted[2]!.GetValue<string>().StartsWith("[redacted:field:", StringComparison.Ordinal));
        Assert.Equal(("deploy", option, "other", 7), (redacted[0]!.GetValue<string>(), redacted[1]!.GetValue<string>(), redacted[3]!.GetValue<string>(), redacted[4]!.GetValue<int>()));
    }
}
