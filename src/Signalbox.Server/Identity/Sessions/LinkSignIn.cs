using System.Net;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Signs users in by one-time link.</summary>
internal sealed class LinkSignIn(ControlDatabase database, SignInLinks links, SessionIssuer issuer, SignInSlowdown slowdown)
{
    public async Task<Outcome<OpenedSession>> RunAsync(LinkSignInRequest request, IPAddress? address, CancellationToken cancellationToken)
    {
        if (slowdown.Begin(name: null, address) is { } wait)
        {
            return SignInRefusals.Slowed(wait);
        }

        if (!SessionSecret.LooksLikeOne(request.Token))
        {
            return SignInRefusals.LinkExpired;
        }

        var opened = await database.WriteAsync<Outcome<OpenedSession>>(
            async session =>
            {
                var userId = await links.TakeAsync(session, SecretHash.Of(request.Token));
                var user = userId is null ? null : await UserStore.TakeAsync(session, userId);
                return user is null || user.Disabled ? SignInRefusals.LinkExpired : await issuer.OpenAsync(session, user, user.Tenant, "link");
            },
            cancellationToken);
        if (opened is Outcome<OpenedSession>.Done)
        {
            slowdown.Succeeded(name: null, address);
        }

        return opened;
    }
}
