namespace Signalbox.Runner.Uploading;

/// <summary>What became of one run on its way to the server.</summary>
/// <param name="Detail">Why it is not there; for one that is there, what of it is not. Null when all of it is.</param>
internal sealed record UploadResult(string RunId, UploadState State, string? Detail);

/// <summary>How far a run came.</summary>
internal enum UploadState
{
    /// <summary>The server has it.</summary>
    Sent,

    /// <summary>It stays in its folder and is sent again.</summary>
    Pending,

    /// <summary>The server does not want it as it is, and would say so again.</summary>
    Refused,
}
