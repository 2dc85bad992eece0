namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What the tables hold does not give the root that the log was left with, so nothing is built on it.</summary>
internal sealed class AuditDamagedException(string message) : Exception(message);
