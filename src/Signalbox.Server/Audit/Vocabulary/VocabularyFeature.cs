using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Vocabulary;

/// <summary>What the log can tell of beside what the other slices record.</summary>
internal static class VocabularyFeature
{
    public static void AddAuditVocabulary(this IServiceCollection services, VocabularyOptions options)
    {
        services.AddSingleton<IAuditVocabulary, AuditVocabulary>();
        services.AddSingleton<IAuditVocabulary, ReportedVocabulary>();
        services.AddSingleton<IAuditVocabulary>(new ConfiguredVocabulary(options));
    }
}
