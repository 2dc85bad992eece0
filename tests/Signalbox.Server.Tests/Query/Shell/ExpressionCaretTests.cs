using Signalbox.Server.Query.Shell;
using Xunit;

namespace Signalbox.Server.Tests.Query.Shell;

public sealed class ExpressionCaretTests
{
    [Fact]
    public void PointsAtThePlace() => Assert.Equal(
        "rate(up)\n     ^\nparse error: expected type range vector",
        ExpressionCaret.Describe("rate(up)", "invalid parameter \"query\": 1:6: parse error: expected type range vector"));

    [Fact]
    public void PointsIntoTheRightLine() => Assert.Equal(
        "\trate(up)\n\t     ^\nparse error: no",
        ExpressionCaret.Describe("sum(\n\trate(up)\n)", "2:7: parse error: no"));

    [Theory]
    [InlineData("query timed out in query execution")]
    [InlineData("9:1: parse error: beyond the text")]
    [InlineData("1:99: parse error: beyond the line")]
    public void LeavesMessagesAloneThatNameNoPlaceInTheExpression(string message) => Assert.Equal(message, ExpressionCaret.Describe("up", message));
}
