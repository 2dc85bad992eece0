using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

public sealed class SqliteRetireTests(SharedDatabases databases) : RetireConformance(databases, ControlEngine.Sqlite);
