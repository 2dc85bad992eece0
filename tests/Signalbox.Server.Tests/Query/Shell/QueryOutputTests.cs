using System.Text.Json;
using Signalbox.Server.Query.Shell;
using Xunit;

namespace Signalbox.Server.Tests.Query.Shell;

public sealed class QueryOutputTests
{
    private const string Vector = """
        {"resultType":"vector","result":[
          {"metric":{"__name__":"up","job":"a"},"value":[1435781430.781,"1"]},
          {"metric":{"__name__":"up","job":"longer, \"quoted\""},"value":[1435781430.781,"12.5"]}]}
        """;

    private const string Matrix = """
        {"resultType":"matrix","result":[
          {"metric":{"job":"a"},"values":[[1435781430,"1"],[1435781445,"100"]]},
          {"metric":{"job":"b"},"values":[[1435781430,"2"]]}]}
        """;

    [Fact]
    public void AlignsSeriesAndValuesOnATerminal() => Assert.Equal(
        """
        SERIES                        VALUE
        up{job="a"}                       1
        up{job="longer, \"quoted\""}   12.5

        """,
        Print(Vector, "table", terminal: true));

    [Fact]
    public void PrintsASeriesOfPointsUnderItsLabels() => Assert.Equal(
        """
        {job="a"}
          2015-07-01T20:10:30Z    1
          2015-07-01T20:10:45Z  100

        {job="b"}
          2015-07-01T20:10:30Z    2

        """,
        Print(Matrix, "table", terminal: true));

    [Fact]
    public void PrintsFieldsWithoutHeadingsWhenPiped()
    {
        Assert.Equal("up{job=\"a\"}\t1\nup{job=\"longer, \\\"quoted\\\"\"}\t12.5\n", Print(Vector, "table", terminal: false));
        Assert.Equal("{job=\"a\"}\t2015-07-01T20:10:30Z\t1\n{job=\"a\"}\t2015-07-01T20:10:45Z\t100\n{job=\"b\"}\t2015-07-01T20:10:30Z\t2\n", Print(Matrix, "table", terminal: false));
    }

    [Fact]
    public void PrintsCsvWithAColumnALabel() => Assert.Equal(
        "__name__,job,time,value\nup,a,2015-07-01T20:10:30.781Z,1\nup,\"longer, \"\"quoted\"\"\",2015-07-01T20:10:30.781Z,12.5\n",
        Print(Vector, "csv", terminal: true));

    [Fact]
    public void PrintsScalarsBare() => Assert.Equal("2\n", Print("""{"resultType":"scalar","result":[5.1,"2"]}""", "table", terminal: true));

    [Fact]
    public void SaysOnATerminalThatNothingMatches()
    {
        const string Nothing = """{"resultType":"vector","result":[]}""";
        Assert.Equal("No series match.\n", Print(Nothing, "table", terminal: true));
        Assert.Equal(string.Empty, Print(Nothing, "table", terminal: false));
    }

    [Fact]
    public void PassesJsonOnUnchangedWhenPiped() => Assert.Equal("""{"resultType":"scalar","result":[5.1,"2"]}""" + "\n", Print("""{"resultType":"scalar","result":[5.1,"2"]}""", "json", terminal: false));

    [Fact]
    public void RefusesAnAnswerThatIsNotPrometheuss() => Assert.Throws<JsonException>(() => Print("""{"resultType":"vector"}""", "table", terminal: true));

    private static string Print(string data, string form, bool terminal)
    {
        using var document = JsonDocument.Parse(data);
        using var text = new StringWriter { NewLine = "\n" };
        new QueryOutput(text, terminal).Write(document.RootElement, form);
        return text.ToString();
    }
}
