using Signalbox.Server.Query.Requests;
using Xunit;

namespace Signalbox.Server.Tests.Query.Requests;

public sealed class LabelNameEscapeTests
{
    [Theory]
    [InlineData("job", "job")]
    [InlineData("U__http_2e_status__code", "http.status_code")]
    [InlineData("U___e9_t_e9_", "été")]
    [InlineData("U__smile_1f600_", "smile😀")]
    [InlineData("U__broken_2e", "U__broken_2e")]
    [InlineData("U__broken_zz_", "U__broken_zz_")]
    [InlineData("U__surrogate_d800_", "U__surrogate_d800_")]
    [InlineData("U__a_1234567_", "U__a_1234567_")]
    public void GivesTheNameThatIsMeant(string escaped, string name) => Assert.Equal(name, LabelNameEscape.Unescape(escaped));
}
