using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Runs;

public sealed class SqliteRunsTests(SharedDatabases databases) : RunsConformance(databases, ControlEngine.Sqlite);
