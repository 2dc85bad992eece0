using System.Text;
using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

public sealed class OtlpResponseTests
{
    [Fact]
    public void LeavesPartialSuccessUnsetOnFullSuccess()
    {
        Assert.Empty(OtlpExportResponse.Success(OtlpSignal.Metrics).ToProtobuf());
        Assert.Equal("{}"u8.ToArray(), OtlpExportResponse.Success(OtlpSignal.Metrics).ToJson());
    }

    [Fact]
    public void TellsAPartialSuccess()
    {
        var response = new OtlpExportResponse(OtlpSignal.Metrics, 300, "why");

        Assert.Equal([0x0a, 8, 0x08, 0xac, 0x02, 0x12, 3, (byte)'w', (byte)'h', (byte)'y'], response.ToProtobuf());
        Assert.Equal("{\"partialSuccess\":{\"rejectedDataPoints\":\"300\",\"errorMessage\":\"why\"}}", Encoding.UTF8.GetString(response.ToJson()));
        Assert.Contains("rejectedSpans", Encoding.UTF8.GetString((response with { Signal = OtlpSignal.Traces }).ToJson()), StringComparison.Ordinal);
        Assert.Contains("rejectedLogRecords", Encoding.UTF8.GetString((response with { Signal = OtlpSignal.Logs }).ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void TellsAnErrorWithoutDetails()
    {
        var status = new RpcStatus(RpcCode.InvalidArgument, "bad");

        Assert.Equal([0x08, 3, 0x12, 3, (byte)'b', (byte)'a', (byte)'d'], status.ToProtobuf());
        Assert.Equal("{\"code\":3,\"message\":\"bad\"}", Encoding.UTF8.GetString(status.ToJson()));
    }

    [Fact]
    public void TellsWhenToTryAgain()
    {
        var status = new RpcStatus(RpcCode.Unavailable, "full", TimeSpan.FromMilliseconds(2500));

        Assert.Equal(
            "{\"code\":14,\"message\":\"full\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"2.5s\"}]}",
            Encoding.UTF8.GetString(status.ToJson()));
        var details = new ProtobufReader(status.ToProtobuf(), "Status");
        while (details.TryReadTag() && details.Field != 3)
        {
            details.Skip();
        }

        var any = new ProtobufReader(details.ReadBytes(), "Any");
        Assert.True(any.TryReadTag());
        Assert.Equal("type.googleapis.com/google.rpc.RetryInfo", Encoding.UTF8.GetString(any.ReadBytes()));
        Assert.True(any.TryReadTag());
        Assert.Equal([0x0a, 8, 0x08, 2, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01], any.ReadBytes().ToArray());
    }
}
