using Signalbox.Server.Jobs.Running.Handlers;

namespace Signalbox.Server.Jobs.History;

/// <summary>Shows the handlers that jobs can name.</summary>
internal sealed class HandlerQuery(HandlerCatalog catalog)
{
    public HandlerList List() => new([.. catalog.Names.Order(StringComparer.Ordinal).Select(static name => new HandlerItem(name))], null);
}
