using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Filters;

/// <summary>Keeps the searches of the audit log that people gave a name.</summary>
internal sealed class FilterDesk(ControlDatabase database, FilterOptions options, AuditRefusals refusals, IAuditTrail audit, TimeProvider clock)
{
    private static readonly Refusal UsersOnly = Refusal.Forbidden("users_only", "Saved filters belong to people: sign in as a user; a token has none.");

    private static readonly Refusal NotFound = Refusal.NotFound("filter_not_found", "You have no filter of this name in this tenant.");

    public async Task<AuditFilterList> ListAsync(Principal principal, int limit, string? after, CancellationToken cancellationToken)
    {
        if (OwnerOf(principal) is not { } owner)
        {
            return new AuditFilterList([], null);
        }

        var (items, next) = Paging.Cut(await database.ReadAsync(session => FilterStore.ListAsync(session, owner, after, limit + 1), cancellationToken), limit, static row => row.Name);
        return new AuditFilterList([.. items.Select(static row => row.ToWire())], next);
    }

    /// <summary>Keeps a filter, in the place of one of the same name.</summary>
    public async Task<Outcome<AuditFilter>> SaveAsync(Principal principal, string name, string query, CancellationToken cancellationToken)
    {
        if (OwnerOf(principal) is not { } owner)
        {
            return UsersOnly;
        }

        if ((FilterRules.CheckName(name) ?? FilterRules.CheckQuery(query)) is { } refusal)
        {
            return refusal;
        }

        var row = new FilterRow { Name = name, Query = query, ChangedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        return await database.WriteAsync<Outcome<AuditFilter>>(
            async session =>
            {
                var before = await FilterStore.FindAsync(session, owner, name);
                if (before is null && await FilterStore.CountAsync(session, owner) >= options.PerUser)
                {
                    refusals.Refused("audit.filters_per_user");
                    return Refusal.Conflict("too_many_filters", "You keep as many filters as audit.filters_per_user allows; delete some.");
                }

                await FilterStore.SaveAsync(session, owner, name, query, row.ChangedAtMs);
                await audit.RecordAsync(session, EventOf(AuditVocabulary.FilterSave, principal, name).Changed(Shown(before), Shown(row)));
                return row.ToWire();
            },
            cancellationToken);
    }

    public async Task<Outcome<bool>> DeleteAsync(Principal principal, string name, CancellationToken cancellationToken) => OwnerOf(principal) is not { } owner
        ? UsersOnly
        : await database.WriteAsync<Outcome<bool>>(
            async session =>
            {
                if (await FilterStore.FindAsync(session, owner, name) is not { } row)
                {
                    return NotFound;
                }

                await FilterStore.DeleteAsync(session, owner, name);
                await audit.RecordAsync(session, EventOf(AuditVocabulary.FilterDelete, principal, name).Changed(Shown(row), null));
                return true;
            },
            cancellationToken);

    private static AuditEvent EventOf(AuditAction action, Principal principal, string name) => new(principal.Tenant.Value, AuditActor.Of(principal), action, new AuditResource(AuditVocabulary.Filter, name, name));

    private static JsonObject? Shown(FilterRow? row) => row is null ? null : new JsonObject { ["name"] = row.Name, ["query"] = row.Query };

    private static FilterOwner? OwnerOf(Principal principal) =>
        principal.Kind is PrincipalKind.User or PrincipalKind.ExternalUser ? new FilterOwner(principal.Tenant.Value, principal.Id) : null;
}
