using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Audit.News;

/// <summary>Registers the live tail of the log.</summary>
internal static class NewsFeature
{
    public static void AddAuditNews(this IServiceCollection services) => services.AddSingleton<ILiveSource, AuditLiveSource>();
}
