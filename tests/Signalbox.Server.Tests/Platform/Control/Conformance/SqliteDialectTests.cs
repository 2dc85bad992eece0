using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

public sealed class SqliteDialectTests(SharedDatabases databases) : DialectConformance(databases, ControlEngine.Sqlite);
