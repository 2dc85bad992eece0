using System.Net.Http.Headers;
using System.Text;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>telemetry SIGNAL FILE</c>: posts a file's content to where its environment says that telemetry goes; ends with 0 when it was taken.</summary>
internal static class Telemetry
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 } endpoint)
        {
            await Console.Error.WriteLineAsync("There is no OTEL_EXPORTER_OTLP_ENDPOINT.");
            return 1;
        }

        using var http = new HttpClient();
        using var content = new StringContent(await File.ReadAllTextAsync(arguments[1]), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync(new Uri($"{endpoint}/v1/{arguments[0]}"), content);
        return response.IsSuccessStatusCode ? 0 : 1;
    }
}
