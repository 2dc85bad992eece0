namespace Signalbox.Server.Platform.Access;

/// <summary>Looks again at the credentials of a request that goes on for long; the identity slice provides it.</summary>
internal interface ICredentialCheck
{
    /// <summary>The caller as of now; null when the credentials hold no longer. A session is not kept alive by this.</summary>
    ValueTask<Principal?> RecheckAsync(HttpContext context);
}
