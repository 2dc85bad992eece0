namespace Signalbox.Server.Audit.Events;

/// <summary>Registers what shows records, and takes those that others report.</summary>
internal static class EventsFeature
{
    public static void AddAuditEvents(this IServiceCollection services)
    {
        services.AddSingleton<ReportVocabulary>();
        services.AddSingleton<VocabularyQuery>();
        services.AddSingleton<EventDesk>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<ReportDesk>();
    }
}
