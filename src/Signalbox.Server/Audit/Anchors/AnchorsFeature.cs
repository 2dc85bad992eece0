namespace Signalbox.Server.Audit.Anchors;

/// <summary>Registers anchors and witness.</summary>
internal static class AnchorsFeature
{
    public static void AddAuditAnchors(this IServiceCollection services, AnchorOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpClient(AnchorSender.ClientName, client => AnchorSender.Configure(client, options))

            // A place that was named in the settings must not send the server on to one that was not.
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })

            // The framework would log addresses, whose paths may be secrets.
            .RemoveAllLoggers();
        services.AddSingleton<AnchorMetrics>();
        services.AddSingleton<AnchorStatus>();
        services.AddSingleton<AnchorSender>();
        services.AddSingleton<AnchorRounds>();
        services.AddHostedService<AnchorService>();
        services.AddSingleton<Witness>();
    }
}
