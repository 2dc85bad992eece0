using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.App;

/// <summary>Serves the built console from the folder beside the program; without internet, hashed files for ever, the page itself always fresh.</summary>
internal static class ConsoleFiles
{
    private const string Folder = "wwwroot";
    private const string Page = "index.html";

    private static readonly string[] PageMethods = [HttpMethods.Get, HttpMethods.Head];

    private static PhysicalFileProvider? Files { get; } = Find();

    /// <summary>Answers requests for the console's files; before authentication, since they are the same for everybody.</summary>
    public static void UseConsole(this WebApplication application)
    {
        if (Files is { } files)
        {
            var options = new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching, ContentTypeProvider = ContentTypes() };
            application.UseWhen(static context => IsForConsole(context), branch => branch.UseStaticFiles(options));
        }
    }

    /// <summary>Answers every address that is nobody else's with the page: its own router knows what the address means.</summary>
    public static void MapConsole(this WebApplication application)
    {
        if (Files is { } files)
        {
            // Of the methods that ask for a page alone: a route for all of them would take the API's requests without a body, whose content type is not said.
            application.MapMethods("/{**path:nonfile}", PageMethods, (HttpContext context) => SendPageAsync(context, files)).WithOrder(int.MaxValue).ExcludeFromDescription();
        }
        else
        {
            application.MapGet("/", static () => TypedResults.Text("This build has no console. Build it with ./run --build-only; the API works without.\n")).ExcludeFromDescription();
        }
    }

    /// <summary>The first parts of paths that belong to protocols; under them an unknown path is an error, never the console's page.</summary>
    private static readonly string[] ProtocolRoots = ["/api", "/prometheus", "/otlp", "/v1", "/pushgateway", "/loki", "/jaeger", "/tempo", "/alertmanager", "/openapi", "/metrics", "/-"];

    private static PhysicalFileProvider? Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Folder);
        return File.Exists(Path.Combine(folder, Page)) ? new PhysicalFileProvider(folder) : null;
    }

    private static bool IsForConsole(HttpContext context) =>
        context.Features.Get<ListenerFeature>()?.Listener is Listener.Main
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Array.Exists(ProtocolRoots, root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    private static Task SendPageAsync(HttpContext context, PhysicalFileProvider files)
    {
        if (!IsForConsole(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.SendFileAsync(files.GetFileInfo(Page));
    }

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".woff2"] = "font/woff2";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return types;
    }

    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
}
