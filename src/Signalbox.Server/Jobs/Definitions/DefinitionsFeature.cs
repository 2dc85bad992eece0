namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Registers what creates, changes and shows jobs.</summary>
internal static class DefinitionsFeature
{
    public static void AddJobsDefinitions(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionCache>();
        services.AddSingleton<JobRules>();
        services.AddSingleton<TaskWriter>();
        services.AddSingleton<TaskDesk>();
        services.AddSingleton<TaskQuery>();
        services.AddSingleton<TaskPreviewing>();
        services.AddSingleton<FireQuery>();
    }
}
