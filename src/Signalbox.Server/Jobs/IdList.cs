using System.Text.Json;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs;

/// <summary>A list of ids as one parameter, which every database takes in the same way.</summary>
internal static class IdList
{
    /// <summary>What follows <c>IN</c>.</summary>
    public static string In(ControlSession session) => $"(SELECT listed.id FROM {session.Dialect.JsonRows("ids", "listed", JsonColumn.Text("id"))})";

    /// <summary>The parameters that go with <see cref="In"/>.</summary>
    public static object Of(IReadOnlyList<string> ids, string? tenant = null) =>
        new { tenant, ids = JsonSerializer.Serialize([.. ids.Select(static id => new IdRow { Id = id })], EngineJson.Default.ListIdRow) };
}
