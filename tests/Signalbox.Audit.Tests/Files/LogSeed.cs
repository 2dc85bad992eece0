using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Audit.Tests.Files;

/// <summary>Puts bodies into a log as they are, without a tree: enough for those who only read events.</summary>
internal static class LogSeed
{
    public static async Task AddAsync(AuditDatabase database, string tenant, params IReadOnlyList<string> bodies) => await database.WriteAsync(
        async session =>
        {
            var root = new byte[32];
            await LogRows.TryAddAsync(session, tenant, root, string.Empty, 1);
            var log = (await LogRows.FindAsync(session, tenant))!;
            for (var index = 0; index < bodies.Count; index++)
            {
                var body = Encoding.UTF8.GetBytes(bodies[index]);
                await session.ExecuteAsync(
                    "INSERT INTO audit_events (position, time_ms, leaf, body) VALUES (@position, @time, @leaf, @body)",
                    new { position = EventPosition.Of(log.Log, log.Size + index), time = 1L, leaf = SHA256.HashData([0, .. body]), body });
            }

            await LogRows.TryGrowAsync(session, log, log with { Size = log.Size + bodies.Count });
        },
        CancellationToken.None);

    public static string Body(string tenant, string id, string more = "") =>
        $$"""{"action":"order.refund","actor":{"id":"u1","kind":"user","name":"Ada"},"class":"standard"{{more}},"id":"{{id}}","message":"m","outcome":"succeeded","resource":{"id":"7","name":"Order 7","type":"order"},"salt":"c2FsdHNhbHQ","source":"api","tenant":"{{tenant}}","time":"2026-03-04T05:06:07.890Z","v":1}""";
}
