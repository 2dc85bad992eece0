namespace Signalbox.Sdk.Alerts;

/// <summary>Something of an application that somebody should look at.</summary>
/// <param name="Type">What handlers are registered for, such as <c>performance_warning</c> or <c>resource_warning</c>.</param>
/// <param name="Subject">What it is about: an operation, <c>memory</c>, a disk. Of one type and subject only one alert is passed on in a while.</param>
/// <param name="Message">A whole sentence for people.</param>
/// <param name="At">When it was noticed.</param>
/// <param name="Values">Figures that belong to it, with their units in their names: <c>duration_seconds</c>, <c>threshold_seconds</c>.</param>
public sealed record Alert(string Type, string Subject, string Message, DateTimeOffset At, IReadOnlyDictionary<string, double> Values);
