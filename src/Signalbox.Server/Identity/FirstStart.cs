using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity;

/// <summary>Sets a new data folder up: the tenant <c>default</c>, the user <c>admin</c>, and an admin token in a file that only its owner reads.</summary>
internal sealed class FirstStart(ControlDatabase database, DataFolder folder, IdentityRules rules, IAuditTrail audit, ILogger<FirstStart> logger)
{
    public const string TokenFile = "admin-token";
    public const string AdminName = "admin";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tenants = await database.ReadAsync(TenantStore.ListAsync, cancellationToken);
        if (tenants.Count > 0)
        {
            return;
        }

        using var scope = AuditScope.Background("identity.first_start");
        await database.WriteAsync(session => CreateAsync(session, cancellationToken), cancellationToken);
    }

    private async Task CreateAsync(ControlSession session, CancellationToken cancellationToken)
    {
        var now = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var tenant = TenantId.Default.Value;
        var admin = Roles.NameOf(Role.Admin);
        var row = new TenantRow { Name = tenant, DisplayName = "Default", CreatedAtMs = now };
        if (!await TenantStore.TryInsertAsync(session, row))
        {
            // Another instance on the same database was first; the token is in its folder.
            return;
        }

        // The file comes before the commit: were the process killed after it, the token would exist and nobody would have it.
        var secret = TokenSecret.Create();
        var file = await WriteTokenFileAsync(secret, cancellationToken);
        var user = new UserRow
        {
            Id = rules.NewId(),
            Tenant = tenant,
            Name = AdminName,
            NameKey = AdminName,
            Role = admin,
            Tenants = TenantSpan.Every.ToColumn(),
            MustSetPassword = true,
            CreatedAtMs = now,
            CreatedBy = AuditActor.System.Name,
        };
        await UserStore.InsertAsync(session, user);
        var token = new TokenRow
        {
            Id = rules.NewId(),
            Tenant = tenant,
            Name = TokenFile,
            Prefix = secret[..TokenSecret.ShownLength],
            Role = admin,
            Tenants = TenantSpan.Every.ToColumn(),
            CreatedAtMs = now,
            CreatedBy = AuditActor.System.Name,
        };
        await TokenStore.InsertAsync(session, token, SecretHash.Of(secret));
        await RecordAsync(session, IdentityVocabulary.TenantCreate, new AuditResource(IdentityVocabulary.Tenant, tenant, tenant), Tenant.Of(row).ToNode());
        await RecordAsync(session, IdentityVocabulary.UserCreate, new AuditResource(IdentityVocabulary.User, user.Id, user.Name), User.Of(user).ToNode());
        await RecordAsync(session, IdentityVocabulary.TokenCreate, new AuditResource(IdentityVocabulary.Token, token.Id, token.Name), ApiToken.Of(token).ToNode());

        session.OnCommitted(() => logger.FirstStart(tenant, AdminName, file));
    }

    private Task RecordAsync(ControlSession session, AuditAction action, AuditResource resource, JsonNode? made) =>
        audit.RecordAsync(session, new AuditEvent(TenantId.Default.Value, AuditActor.System, action, resource).Changed(before: null, made));

    private async Task<string> WriteTokenFileAsync(string secret, CancellationToken cancellationToken)
    {
        var file = folder.File(TokenFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            // A file left by a first start that did not finish may have any mode; a new one has the right mode from its first byte.
            File.Delete(file);
            await using var stream = new FileStream(file, options);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(secret + "\n"), cancellationToken);
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The admin token cannot be written to {file}: {exception.Message}", exception);
        }
    }
}
