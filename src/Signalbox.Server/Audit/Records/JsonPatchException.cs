namespace Signalbox.Server.Audit.Records;

/// <summary>Says why a patch does not fit the object it is applied to.</summary>
internal sealed class JsonPatchException(string message) : Exception(message);
