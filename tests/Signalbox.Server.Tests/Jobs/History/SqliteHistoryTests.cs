using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Jobs.History;

public sealed class SqliteHistoryTests(SharedDatabases databases) : HistoryConformance(databases, ControlEngine.Sqlite);
