using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Identity.Shared;

public sealed class PostgreSqlIdentityTests(SharedDatabases databases) : IdentityStoreConformance(databases, ControlEngine.PostgreSql);
