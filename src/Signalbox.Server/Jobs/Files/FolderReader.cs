using System.Globalization;
using System.Text;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Reads the jobs of a folder's YAML files, and finds everything that is wrong with them.</summary>
internal sealed class FolderReader(JobRules rules, JobsOptions options)
{
    private const int LongestPath = 500;

    /// <summary>What the files are by name, size and time of change; null when the folder cannot be listed.</summary>
    public static string? Fingerprint(string folder)
    {
        try
        {
            var text = new StringBuilder();
            foreach (var file in Find(folder))
            {
                var info = new FileInfo(file);
                text.Append(CultureInfo.InvariantCulture, $"{file}\n{info.Length} {info.LastWriteTimeUtc.Ticks}\n");
            }

            return text.ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="SettingsException">The folder itself cannot be read, or holds too many files.</exception>
    public JobFolder Read(string folder)
    {
        var documents = new List<JobDocument>();
        var errors = new List<FileError>();
        var failed = new HashSet<string>(StringComparer.Ordinal);
        var names = new Dictionary<string, JobDocument>(StringComparer.Ordinal);
        var files = List(folder);
        foreach (var path in files)
        {
            var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var (found, wrong) = ReadFile(path, file);
            foreach (var document in found)
            {
                if (!names.TryAdd(document.Definition.Name, document))
                {
                    var first = names[document.Definition.Name];
                    var place = document.Yaml.PlaceOf("name");
                    wrong.Add(new FileError(file, place.Line, place.Column, $"name: The job '{document.Definition.Name}' is defined in {first.File}:{first.Line} already."));
                }
            }

            errors.AddRange(wrong);
            if (wrong.Count > 0)
            {
                failed.Add(file);
            }
            else
            {
                documents.AddRange(found);
            }
        }

        return new JobFolder(documents, errors, failed) { Files = files.Count };
    }

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, AttributesToSkip = FileAttributes.System | FileAttributes.Hidden })
        .Where(static file => Path.GetExtension(file) is ".yaml" or ".yml")
        .Order(StringComparer.Ordinal);

    private List<string> List(string folder)
    {
        try
        {
            var files = Find(folder).Take(options.Files.MostFiles + 1).ToList();
            return files.Count <= options.Files.MostFiles
                ? files
                : throw new SettingsException([new SettingsError(folder, FilesOptions.FilesKey, string.Create(CultureInfo.InvariantCulture, $"The folder holds more than {options.Files.MostFiles} files ({FilesOptions.FilesKey}), so nothing is applied."))]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new SettingsError(folder, FilesOptions.FolderKey, $"The folder cannot be read: {exception.Message}")]);
        }
    }

    private (List<JobDocument> Documents, List<FileError> Errors) ReadFile(string path, string file)
    {
        var documents = new List<JobDocument>();
        var errors = new List<FileError>();
        if (file.Length > LongestPath)
        {
            errors.Add(new FileError(file, 1, 1, $"The file's path has more than {LongestPath} characters."));
            return (documents, errors);
        }

        try
        {
            foreach (var node in SettingsFile.ReadAll(path, file))
            {
                // A document that holds nothing, such as one of comments alone, defines nothing.
                if (node is ScalarNode { Text: null })
                {
                    continue;
                }

                var yaml = YamlJson.Of(node);
                var found = new DefinitionErrors();
                if (rules.Read(new DefinitionText(yaml.Text, LooseTexts: true), found) is { } definition)
                {
                    documents.Add(new JobDocument(file, node.Line, yaml, definition));
                }

                errors.AddRange(found.Items.Select(error => (Error: error, Place: yaml.PlaceOf(error.Member))).Select(error => new FileError(file, error.Place.Line, error.Place.Column, error.Error.ToString())));
            }
        }
        catch (SettingsException exception)
        {
            errors.AddRange(exception.Errors.Select(error => ErrorOf(file, error)));
        }

        return (documents, errors);
    }

    /// <summary>A place is <c>file:line:column</c>, or the file alone.</summary>
    private static FileError ErrorOf(string file, SettingsError error)
    {
        var parts = error.Place[Math.Min(file.Length, error.Place.Length)..].Split(':', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var line, var column] && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var atLine) && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var atColumn)
            ? new FileError(file, atLine, atColumn, error.Message)
            : new FileError(file, 1, 1, error.Message);
    }
}
