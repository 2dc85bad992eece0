namespace Signalbox.Server.Audit.Anchors;

/// <summary>Registers anchors and witness.</summary>
internal static class AnchorsFeature
{
    public static void AddAuditAnchors(this IServiceCollection services, AnchorOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpClient(AnchorSender.ClientName, client => AnchorSender.Configure(client, options));
        services.AddSingleton<AnchorMetrics>();
        services.AddSingleton<AnchorStatus>();
        services.AddSingleton<AnchorSender>();
        services.AddSingleton<AnchorService>();
        services.AddHostedService(static provider => provider.GetRequiredService<AnchorService>());
        services.AddSingleton<Witness>();
    }
}
