namespace Signalbox.Server.Platform.Live;

/// <summary>Registers event streams; a slice adds an <see cref="ILiveSource"/>.</summary>
internal static class LiveFeature
{
    public static void AddLive(this IServiceCollection services, LiveOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveHub>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<LiveDesk>();
        services.AddHostedService<LivePump>();
    }
}
