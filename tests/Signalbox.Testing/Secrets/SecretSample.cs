namespace Signalbox.Testing.Secrets;

/// <summary>A secret that is none, in the format of its provider.</summary>
/// <param name="Kind">What it is, in the words of the rules where there is one of its own.</param>
/// <param name="Name">A name under which it is usually kept.</param>
/// <param name="Value">The secret.</param>
/// <param name="Text">Where it is a part only, the whole that holds it, such as a connection string; otherwise null.</param>
public sealed record SecretSample(string Kind, string Name, string Value, string? Text = null)
{
    /// <summary>The sample as it comes along in an environment, JSON, a header, a URL, a log line, YAML and a command line.</summary>
    public IEnumerable<(string Form, string Text)> Forms()
    {
        if (Text is not null)
        {
            yield return ("alone", Text);
            yield return ("line", $"2026-03-04T05:06:07Z info connect: {Text}");
            yield return ("json", $$"""{"level":"info","msg":"{{System.Text.Json.JsonEncodedText.Encode(Text)}}"}""");
            yield break;
        }

        var dashed = Name.ToLowerInvariant().Replace('_', '-');
        yield return ("environment", $"PATH=/usr/bin\nexport {Name}={Value}\nHOME=/root\n");
        yield return ("json", $$"""{"id": 7, "{{Name.ToLowerInvariant()}}": "{{Value}}", "ok": true}""");
        yield return ("escaped json", $$"""{"body": "{\"{{Name.ToLowerInvariant()}}\":\"{{Value}}\"}"}""");
        yield return ("header", $"POST / HTTP/1.1\r\nHost: example.org\r\nX-{dashed}: {Value}\r\nAccept: */*\r\n");
        yield return ("bearer", $"curl -sS -H \"Authorization: Bearer {Value}\" https://example.org/");
        yield return ("url", $"GET https://example.org/v1/items?page=2&{Name.ToLowerInvariant()}={Value}&sort=asc HTTP/1.1");
        yield return ("log line", $"level=info msg=\"calling upstream\" {Name.ToLowerInvariant()}={Value} status=200 took=12ms");
        yield return ("yaml", $"service:\n  name: api\n  {Name.ToLowerInvariant()}: {Value}\n  replicas: 3\n");
        yield return ("quoted yaml", $"service:\n  {Name.ToLowerInvariant()}: '{Value}'\n");
        yield return ("command line", $"deploy --region eu-1 --{dashed} {Value} --verbose");
        yield return ("source code", $"var {Name.ToLowerInvariant()} = \"{Value}\";");
    }
}
