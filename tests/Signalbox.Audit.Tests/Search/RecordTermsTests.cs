using System.Text;
using Signalbox.Server.Audit.Search;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

public sealed class RecordTermsTests
{
    private const string Body = """
        {"action":"job.update","actor":{"id":"u-1","kind":"user","name":"Ann \"Root\" Example","tokenId":"t-9"},"address":"10.0.0.7","class":"standard","data":{"note":"blue Whale","deep":[{"x":42}]},"diff":[{"old":"daily","op":"replace","path":"/schedule/cron","value":"hourly"}],"id":"0198c1d2-0000-7000-8000-000000000001","message":"Audit: Ann updated job nightly-backup","onBehalfOf":{"id":"u-2","kind":"user","name":"Bob"},"outcome":"denied","policyId":"p-1","reasons":["needs approval"],"reporter":{"id":"r-1","kind":"token","name":"ci"},"requestId":"req-7","resource":{"id":"job-17","name":"nightly-backup","path":"/jobs/eu","type":"job"},"salt":"AAAA","source":"api","tenant":"acme","time":"2026-01-02T03:04:05.678Z","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","v":1}
        """;

    [Fact]
    public void HoldEveryFieldThatCanBeAskedFor()
    {
        var terms = Terms(Body);

        Assert.Subset(
            terms,
            new HashSet<ulong>
            {
                Term(TermField.Id, "0198c1d2-0000-7000-8000-000000000001"), Term(TermField.Actor, "u-1"), Term(TermField.Actor, "Ann \"Root\" Example"),
                Term(TermField.OnBehalfOf, "u-2"), Term(TermField.OnBehalfOf, "Bob"), Term(TermField.Reporter, "r-1"), Term(TermField.Reporter, "ci"),
                Term(TermField.Action, "job.update"), Term(TermField.ResourceType, "job"), Term(TermField.Resource, "job\0job-17"), Term(TermField.ResourceId, "job-17"),
                Term(TermField.ResourceName, "nightly-backup"), Term(TermField.Outcome, "denied"), Term(TermField.Address, "10.0.0.7"),
                Term(TermField.Trace, "4bf92f3577b34da6a3ce929d0e0e4736"), Term(TermField.Request, "req-7"), Term(TermField.Source, "api"), Term(TermField.Policy, "p-1"),
            });
    }

    [Fact]
    public void HoldTheWordsOfAllTextsAndNothingElse()
    {
        var words = "audit ann updated job nightly backup root example bob u 1 2 17 jobs eu needs approval ci r schedule cron hourly daily blue whale 42".Split(' ');

        Assert.Equal(18 + words.Length, Terms(Body).Count);
        Assert.Subset(Terms(Body), words.Select(static word => Term(TermField.Word, word)).ToHashSet());
    }

    [Fact]
    public void KeepTheMessageWhenTheDetailsHaveTooManyWords()
    {
        var data = string.Join(',', Enumerable.Range(0, 500).Select(static index => $"\"word{index}\""));
        var terms = Terms($$$"""{"data":[{{{data}}}],"message":"needle in the hay","resource":{"id":"r","name":"haystack","type":"t"}}""");

        Assert.Contains(Term(TermField.Word, "needle"), terms);
        Assert.Contains(Term(TermField.Word, "haystack"), terms);
        Assert.Equal(RecordTerms.MostWords, terms.Count - 4);
    }

    [Fact]
    public void LeaveLongValuesOfChangesOut()
    {
        var terms = Terms($$$"""{"diff":[{"op":"add","path":"/text","value":"{{{new string('a', 200)}}} {{{new string('b', 200)}}}"},{"op":"add","path":"/short","value":{"k":"inner"}}]}""");

        Assert.Equal([Term(TermField.Word, "text"), Term(TermField.Word, "short"), Term(TermField.Word, "inner")], terms);
    }

    [Fact]
    public void OfDamagedRecordsAreThoseBeforeTheDamage()
    {
        Assert.Empty(Terms("not json"));
        Assert.Empty(Terms(string.Empty));
        Assert.Equal([Term(TermField.Action, "a.b")], Terms("""{"action":"a.b","actor":{"id"""));
        Assert.Equal([Term(TermField.Action, "a.b")], Terms("""{"action":"a.b","actor":7,"resource":[1],"reasons":"x"}"""));

        var random = new Random(23);
        var bytes = Encoding.UTF8.GetBytes(Body);
        for (var round = 0; round < 3000; round++)
        {
            var changed = bytes.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(RecordTerms.Of(changed.AsSpan(0, random.Next(changed.Length))).Length, 0, RecordTerms.Most);
        }
    }

    private static HashSet<ulong> Terms(string body) => [.. RecordTerms.Of(Encoding.UTF8.GetBytes(body))];

    private static ulong Term(TermField field, string value) => RecordTerms.Hash(field, Encoding.UTF8.GetBytes(value));
}
