using Microsoft.Net.Http.Headers;

namespace Signalbox.Server.Runs.Files;

/// <summary>The part of a file that a request asks for: all of it, or one range of bytes.</summary>
/// <param name="End">Exclusive.</param>
/// <remarks>Several ranges at once, what is not a range of bytes, and an empty file, are answered with the whole file, as the protocol allows. Source: https://www.rfc-editor.org/rfc/rfc9110#name-range</remarks>
internal readonly record struct FileSpan(long Start, long End)
{
    public long Length => End - Start;

    /// <returns>Null for a range that begins behind the end of the file.</returns>
    public static FileSpan? Of(HttpRequest request, FileRow file)
    {
        var whole = new FileSpan(0, file.SizeBytes);
        var headers = request.GetTypedHeaders();
        if (headers.Range is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } || file.SizeBytes == 0 || !IsOf(headers.IfRange, file))
        {
            return whole;
        }

        var range = ranges.First();
        return (range.From, range.To) switch
        {
            ({ } from, _) when from >= file.SizeBytes => null,
            ({ } from, var to) => new FileSpan(from, Math.Min(file.SizeBytes, (to ?? long.MaxValue - 1) + 1)),
            (null, { } last) when last > 0 => new FileSpan(Math.Max(0, file.SizeBytes - last), file.SizeBytes),
            _ => null,
        };
    }

    /// <summary>Names the content of a file: its hash.</summary>
    public static EntityTagHeaderValue TagOf(FileRow file) => new($"\"{Convert.ToHexStringLower(file.Sha256)}\"");

    /// <summary>Whether who continues a file has the beginning of this one.</summary>
    private static bool IsOf(RangeConditionHeaderValue? condition, FileRow file) => condition is null || condition.EntityTag?.Compare(TagOf(file), useStrongComparison: true) == true;
}
