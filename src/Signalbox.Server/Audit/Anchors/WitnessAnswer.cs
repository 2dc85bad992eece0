using System.Globalization;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>What a witness says to a checkpoint.</summary>
/// <param name="Status">HTTP's, as the specification says.</param>
/// <param name="Body">Ends with a line feed.</param>
/// <remarks>Source: https://c2sp.org/tlog-witness#add-checkpoint</remarks>
internal sealed record WitnessAnswer(int Status, string ContentType, string Body)
{
    public const string SizeType = "text/x.tlog.size";

    private const string Text = "text/plain; charset=utf-8";

    public static WitnessAnswer Cosigned(string lines) => new(StatusCodes.Status200OK, Text, lines);

    /// <summary>The witness knows another size than the request goes on from, or the same with another root.</summary>
    public static WitnessAnswer Conflict(long size) => new(StatusCodes.Status409Conflict, SizeType, string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    public static WitnessAnswer Refused(int status, string why) => new(status, Text, why + "\n");
}
