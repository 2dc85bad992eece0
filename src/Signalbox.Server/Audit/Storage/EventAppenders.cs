using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Chooses how events are added.</summary>
internal static class EventAppenders
{
    public static IEventAppender For(ControlEngine engine) => engine switch
    {
        ControlEngine.PostgreSql => new PostgreSqlAppender(),
        ControlEngine.MySql => new MySqlAppender(),
        _ => new SqliteAppender(),
    };
}
