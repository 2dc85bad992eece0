using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The one-time link that a start hands out while no user has a password.</summary>
internal sealed class StartLink(ControlDatabase database, SignInLinks links, IAuditTrail audit)
{
    /// <summary>Null once somebody has a password.</summary>
    public SignInLink? Link { get; private set; }

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var scope = AuditScope.Background("identity.start_link");
        Link = await MakeAsync(cancellationToken);
    }

    private Task<SignInLink?> MakeAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await UserStore.FindForStartLinkAsync(session) is not { } user)
            {
                return null;
            }

            await audit.RecordAsync(session, new AuditEvent(user.Tenant, AuditActor.System, IdentityVocabulary.LinkCreate, new AuditResource(IdentityVocabulary.User, user.Id, user.Name)));
            // Each instance prints a link of its own, and whichever is opened first works.
            return database.IsShared ? await links.AddAsync(session, user.Id) : await links.CreateAsync(session, user.Id);
        },
        cancellationToken);
}
