using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Jobs.Running.Output;

public sealed class SqliteOutputTableTests(SharedDatabases databases) : OutputTableConformance(databases, ControlEngine.Sqlite);
