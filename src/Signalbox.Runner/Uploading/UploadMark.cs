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

    /// <returns>Null when it was never begun.</returns>
    public static UploadMark? Read(RunFolder folder) => FactDocument.Read(folder.File(FileName), UploadJson.Default.UploadMark);

    public void Write(RunFolder folder) => FactDocument.Write(folder.File(FileName), this, UploadJson.Default.UploadMark);
}
