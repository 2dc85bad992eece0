using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Uploading;

/// <summary>How far a run has come on its way to the server: <c>upload.json</c> in its folder.</summary>
internal sealed record UploadMark
{
    public const string FileName = RunFiles.Upload;

    /// <summary>Where it was sent to.</summary>
    public required Uri Server { get; init; }

    /// <summary><c>pending</c>, <c>sent</c> or <c>refused</c>.</summary>
    public required string State { get; init; }

    /// <summary>Times that it was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>Why it is not sent; absent when it is.</summary>
    public string? Detail { get; init; }

    /// <returns>Null when it was never begun, or something else stands in the file's place.</returns>
    public static UploadMark? Read(RunFolder folder)
    {
        try
        {
            return FactDocument.Read(folder.File(FileName), UploadJson.Default.UploadMark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(RunFolder folder) => FactDocument.Write(folder.File(FileName), this, UploadJson.Default.UploadMark);
}
