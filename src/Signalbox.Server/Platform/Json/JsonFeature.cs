using System.Text.Json.Serialization;

namespace Signalbox.Server.Platform.Json;

/// <summary>The JSON conventions of the API; a slice adds its context with <see cref="AddJson"/>.</summary>
internal static class JsonFeature
{
    public static void AddJsonConventions(this IServiceCollection services) => services.ConfigureHttpJsonOptions(static json =>
    {
        json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        json.SerializerOptions.PropertyNameCaseInsensitive = false;
        json.SerializerOptions.RespectNullableAnnotations = true;
        json.SerializerOptions.Converters.Add(new InstantConverter());
    });

    public static void AddJson(this IServiceCollection services, JsonSerializerContext context) =>
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, context));
}
