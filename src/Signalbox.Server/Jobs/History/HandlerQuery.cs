using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Running.Handlers;

namespace Signalbox.Server.Jobs.History;

/// <summary>Shows the handlers that jobs can name.</summary>
internal sealed class HandlerQuery(HandlerCatalog catalog, JobRules rules)
{
    /// <summary>None for a tenant whose jobs may name none.</summary>
    public HandlerList List(string tenant) => new([.. (rules.IsTrusted(tenant) ? catalog.Names : []).Order(StringComparer.Ordinal).Select(static name => new HandlerItem(name))], null);
}
