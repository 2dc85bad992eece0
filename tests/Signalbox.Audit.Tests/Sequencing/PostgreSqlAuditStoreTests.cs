using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Sequencing;

public sealed class PostgreSqlAuditStoreTests(SharedDatabases databases) : SharedAuditStoreConformance(databases, ControlEngine.PostgreSql);
