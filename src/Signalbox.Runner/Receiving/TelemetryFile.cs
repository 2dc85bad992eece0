using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Receiving;

/// <summary>Keeps the JSON bodies that came, one a line, without secrets: <c>{"at":…,"signal":"metrics","body":{…}}</c>. Thread-safe.</summary>
internal sealed class TelemetryFile(string path, Redactor redactor, ReceiverBounds bounds, ReceiverCounts counts) : IDisposable
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    private readonly Lock _gate = new();
    private FileStream? _file;
    private long _bytes;
    private bool _isClosed;

    /// <exception cref="JsonException">The body is not JSON, or has a member twice.</exception>
    /// <exception cref="InvalidOperationException">A text in it is not Unicode.</exception>
    public void Keep(OtlpSignal signal, byte[] body, DateTimeOffset at)
    {
        var node = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 128, AllowDuplicateProperties = false });
        var clean = redactor.Redact(node)?.ToJsonString(Compact) ?? "null";
        var line = Encoding.UTF8.GetBytes(
            $"{{\"at\":\"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}\",\"signal\":\"{signal.ToString().ToLowerInvariant()}\",\"body\":{clean}}}\n");
        lock (_gate)
        {
            var room = signal == OtlpSignal.Metrics ? bounds.MaxFileBytes : bounds.MaxFileBytes / 4 * 3;
            if (_isClosed || _bytes + line.Length > room)
            {
                counts.CountNotKept();
                return;
            }

            _bytes += line.Length;
            _file ??= PrivateFiles.Open(path, FileMode.CreateNew);
            _file.Write(line);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _file?.Dispose();
        }
    }
}
