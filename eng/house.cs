#:property PublishAot=false
#:property Nullable=enable
#:property ImplicitUsings=enable

// The two commands of the house, `./run` and `./test`, in one program: what takes more than a few lines of shell stands here.
//   dotnet run eng/house.cs -- build            console, server and runner, Release, into artifacts/publish
//   dotnet run eng/house.cs -- test [filter]    installs what is missing, builds, checks and tests everything

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

var root = FindRoot();
Directory.SetCurrentDirectory(root);
var house = new House(root);
try
{
    return args switch
    {
        ["build"] => house.Build(),
        ["test"] => house.Test(null),
        ["test", var filter] => house.Test(filter),
        _ => throw new HouseException("Usage: dotnet run eng/house.cs -- build | test [FILTER]"),
    };
}
catch (HouseException exception)
{
    Console.Error.WriteLine();
    Console.Error.WriteLine($"Stopped: {exception.Message}");
    return 1;
}

static string FindRoot()
{
    for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "Signalbox.slnx")))
        {
            return folder.FullName;
        }
    }

    throw new InvalidOperationException("Run this inside the repository.");
}

/// <summary>Builds and tests the repository it stands in.</summary>
internal sealed class House(string root)
{
    private static readonly (string Package, string Program)[] DebianParts =
    [
        ("prometheus", "/usr/bin/prometheus"),
        ("prometheus-node-exporter", "/usr/bin/prometheus-node-exporter"),
        ("prometheus-pushgateway", "/usr/bin/prometheus-pushgateway"),
        ("postgresql-15", "/usr/lib/postgresql/15/bin/postgres"),
        ("redis-server", "/usr/bin/redis-server"),
        ("etcd-server", "/usr/bin/etcd"),
        ("mariadb-server", "/usr/sbin/mariadbd"),
        ("chromium", "/usr/bin/chromium"),
        ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ];

    private int _passed;
    private int _failed;
    private int _skipped;

    public int Build()
    {
        CheckTools();
        BuildConsole();
        Publish("server", "Signalbox.Server", "signalbox");
        Publish("runner", "Signalbox.Runner", "cicd-runner");
        return 0;
    }

    public int Test(string? filter)
    {
        InstallDebianParts();
        Build();
        Step("Build the tests");
        Run("dotnet", ["build", "Signalbox.slnx", "-c", "Release", "--nologo", "-v", "quiet", "-clp:ErrorsOnly"], "The tests do not build; the first error above says where.");
        if (filter is null)
        {
            CheckConsole();
        }

        foreach (var project in Directory.GetDirectories("tests", "*.Tests").Select(Path.GetFileName).Order(StringComparer.Ordinal))
        {
            RunTests(project!, filter);
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_passed} passed, {_failed} failed, {_skipped} skipped"));
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    private static void Publish(string what, string project, string folder)
    {
        Step($"Publish the {what}");
        // ReadyToRun halves the time to the first answer; its compiler is fetched for this platform only.
        string[] native = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64
            ? ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"]
            : [];
        Run(
            "dotnet",
            ["publish", $"src/{project}", "-c", "Release", "-o", $"artifacts/publish/{folder}", .. native, "--nologo", "-v", "quiet", "-clp:ErrorsOnly"],
            $"The {what} does not build; the first error above says where.");
    }

    private static void Step(string what) => Console.WriteLine($"== {what}");

    private static void CheckTools()
    {
        if (Capture("node", ["--version"]) is not { } node || !Version.TryParse(node.TrimStart('v').Trim(), out var version) || version.Major < 20)
        {
            throw new HouseException("Node 20 or newer is needed to build the console; `node --version` must answer.");
        }
    }

    private void InstallDebianParts()
    {
        var missing = DebianParts.Where(static part => !File.Exists(part.Program)).Select(static part => part.Package).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        Step($"Install {string.Join(", ", missing)}");
        if (!File.Exists("/usr/bin/apt-get") || !Environment.IsPrivilegedProcess)
        {
            Console.WriteLine("   This needs Debian's apt-get and root. The tests that use them are skipped, each with its reason.");
            return;
        }

        // Packages that bring a service must not start it here: the tests start their own, on loopback, with folders of their own.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DEBIAN_FRONTEND"] = "noninteractive", ["RUNLEVEL"] = "1" };
        if (!TryRun("apt-get", ["-q", "update"], environment, quiet: true)
            || !TryRun("apt-get", ["-q", "-y", "--no-install-recommends", "install", .. missing], environment, quiet: true))
        {
            Console.WriteLine("   apt-get could not install them. The tests that use them are skipped, each with its reason.");
        }
    }

    private void BuildConsole()
    {
        if (!File.Exists("console/package.json"))
        {
            return;
        }

        InstallConsolePackages();
        var stamp = Path.Combine("artifacts", "console.stamp");
        var hash = HashOf("console", static path => !path.Contains("/node_modules/", StringComparison.Ordinal) && !path.Contains("/dist/", StringComparison.Ordinal));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == hash && File.Exists("console/dist/index.html"))
        {
            return;
        }

        Step("Build the console");
        Run("npm", ["run", "--silent", "build"], "The console does not build; the first error above says where.", "console");
        Directory.CreateDirectory("artifacts");
        File.WriteAllText(stamp, hash);
    }

    private void InstallConsolePackages()
    {
        var stamp = Path.Combine("artifacts", "console-packages.stamp");
        var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes("console/package-lock.json")));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == hash && Directory.Exists("console/node_modules"))
        {
            return;
        }

        Step("Install the console's packages");
        // Not `npm ci`: it refuses a lock file without the builds that optional packages have for other platforms, and registries do not all carry those.
        // `npm install` takes exactly the locked versions too.
        Run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], "npm could not install what console/package-lock.json names; is the registry reachable?", "console");
        Directory.CreateDirectory("artifacts");
        File.WriteAllText(stamp, hash);
    }

    private void CheckConsole()
    {
        if (!File.Exists("console/package.json"))
        {
            return;
        }

        Step("Check the console (ESLint)");
        Run("npm", ["run", "--silent", "lint"], "ESLint found something; its lines above say what.", "console");
        Step("Test the console (Vitest)");
        var results = ResultsFile("console.json");
        TryRun("npx", ["--no-install", "vitest", "run", "--reporter=default", "--reporter=json", $"--outputFile.json={results}"], null, quiet: false, "console");
        if (!File.Exists(results))
        {
            throw new HouseException("Vitest left no results; what it printed is above.");
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(results));
        Count(
            json.RootElement.GetProperty("numPassedTests").GetInt32(),
            Math.Max(json.RootElement.GetProperty("numFailedTests").GetInt32(), json.RootElement.GetProperty("success").GetBoolean() ? 0 : 1),
            json.RootElement.GetProperty("numPendingTests").GetInt32());
    }

    private void RunTests(string project, string? filter)
    {
        Step($"Test {project}");
        var results = ResultsFile($"{project}.xml");
        string[] select = filter is null ? [] : ["-method", $"*{filter}*"];
        var program = Path.Combine(root, "artifacts", "bin", project, "release", project);
        TryRun(program, ["-noLogo", "-noColor", "-xml", results, .. select], null, quiet: false);
        if (!File.Exists(results))
        {
            Console.WriteLine($"   {project} ended without results; what it printed is above.");
            Count(0, 1, 0);
            return;
        }

        foreach (var assembly in XDocument.Load(results).Root!.Elements("assembly"))
        {
            Count(Number(assembly, "passed"), Number(assembly, "failed") + Number(assembly, "errors"), Number(assembly, "skipped"));
        }
    }

    /// <summary>Where a test run leaves its results; nothing of an earlier run is there.</summary>
    private string ResultsFile(string name)
    {
        var folder = Path.Combine(root, "artifacts", "results");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, name);
        File.Delete(file);
        return file;
    }

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);

    private void Count(int passed, int failed, int skipped)
    {
        _passed += passed;
        _failed += failed;
        _skipped += skipped;
    }

    private static string HashOf(string folder, Func<string, bool> include)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(static path => path.Replace('\\', '/')).Where(include).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string? Capture(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Run(string program, string[] arguments, string sentence, string? folder = null)
    {
        if (!TryRun(program, arguments, null, quiet: false, folder))
        {
            throw new HouseException(sentence);
        }
    }

    private static bool TryRun(string program, string[] arguments, Dictionary<string, string>? environment, bool quiet, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? string.Empty, RedirectStandardOutput = quiet, RedirectStandardError = quiet };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            if (quiet)
            {
                process.OutputDataReceived += static (_, _) => { };
                process.ErrorDataReceived += static (_, line) =>
                {
                    if (line.Data is not null)
                    {
                        Console.Error.WriteLine($"   {line.Data}");
                    }
                };
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
            }

            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.Error.WriteLine($"   {program} cannot be started: {exception.Message}");
            return false;
        }
    }
}

/// <summary>A step failed; the message is the sentence its user reads.</summary>
internal sealed class HouseException(string message) : Exception(message);
