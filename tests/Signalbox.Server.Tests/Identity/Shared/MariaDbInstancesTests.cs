using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Identity.Shared;

public sealed class MariaDbInstancesTests(SharedDatabases databases) : InstancesConformance(databases, ControlEngine.MySql);
