using System.Diagnostics;
using System.Text;
using AltSendme.EndToEnd.Tests;
using AltSendme.TestKit;

namespace AltSendme.Wine.Tests;

/// <summary>A Windows of the tests' own, with the program installed in it. Everything is in one folder, which is removed afterwards.</summary>
public sealed class WineFixture : IAsyncLifetime
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that <c>C:\</c> is.</summary>
    public string DriveC => Path.Combine(_folder.Path, "prefix", "drive_c");

    /// <summary>Where the program is, as Windows names it: with a space, as most are.</summary>
    public static string ProgramFolder => @"C:\Program Files\AltSendme";

    /// <summary>A folder for what tests send and receive: the drive <c>D:\</c>, and all that Wine sees of this system.</summary>
    public string Files => Directory.CreateDirectory(Path.Combine(_folder.Path, "files")).FullName;

    private string Drives => Path.Combine(_folder.Path, "prefix", "dosdevices");

    public async Task InitializeAsync()
    {
        if (!WineFactAttribute.IsPossible)
            return;
        var program = Path.Combine(_folder.Path, "program") + '/';
        var made = RunAsync(PublishLimit, "dotnet", ["msbuild", Path.Combine(FindRoot(), "tests", "e2e", "WindowsProgram.proj"), "-nologo", "-v:q", "-nodeReuse:false", $"-p:ProgramFolder={program}"], isWine: false);
        var started = RunAsync(Limit, "wine", ["wineboot", "--init"], isWine: true);
        foreach (var (exitCode, output, error) in await Task.WhenAll(made, started))
        {
            if (exitCode != 0)
                throw new InvalidOperationException($"Wine could not be set up: {output} {error}");
        }

        // Wine makes a drive of the whole system. Nothing here is to reach it, least of all whatever removes the folder.
        RemoveLinks();
        File.CreateSymbolicLink(Path.Combine(Drives, "c:"), "../drive_c");
        File.CreateSymbolicLink(Path.Combine(Drives, "d:"), Files);
        Directory.CreateDirectory(Path.Combine(DriveC, "Program Files"));
        var installed = Path.Combine(DriveC, "Program Files", "AltSendme");
        Directory.Move(program, installed);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ProgramRun.ProgramFolder, "plugins"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(installed, Path.GetRelativePath(ProgramRun.ProgramFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public async Task DisposeAsync()
    {
        if (WineFactAttribute.IsPossible)
        {
            await RunAsync(Limit, "wineserver", ["--kill", "--wait"], isWine: true);
            RemoveLinks();
        }

        _folder.Dispose();
    }

    /// <summary>Runs one of the installation's programs to its end.</summary>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments) => RunAsync(Limit, "wine", [ProgramFolder + '\\' + program, .. arguments], isWine: true);

    /// <summary>Runs one that is expected to do its work, and gives what it printed.</summary>
    public async Task<string> DoAsync(string program, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(program, arguments);

        // What Wine's debugger says of a program that ended badly; the exit code is the debugger's own.
        var isGood = exitCode == 0 && !(output + error).Contains("nhandled exception", StringComparison.Ordinal);
        Assert.True(isGood, $"{program} {string.Join(' ', arguments)}: {exitCode} {error} {output}");
        return output.Trim();
    }

    /// <summary>What the registry says below a key; nothing where there is no such key.</summary>
    public async Task<string> ExportAsync(string key)
    {
        var file = Path.Combine(Files, "export.reg");
        var (exitCode, output, error) = await RunAsync(Limit, "wine", ["reg", "export", key, PathOf(file), "/y"], isWine: true);
        if (exitCode != 0 && (output + error).Contains("Unable to find", StringComparison.Ordinal))
            return "";
        Assert.True(exitCode == 0, $"{output} {error}");
        return (await File.ReadAllTextAsync(file, Encoding.Unicode)).ReplaceLineEndings("\n");
    }

    /// <summary>A path of this system as Windows names it.</summary>
    public string PathOf(string path) => @"D:\" + Path.GetRelativePath(Files, path).Replace('/', '\\');

    private void RemoveLinks()
    {
        foreach (var link in Directory.Exists(Drives) ? Directory.GetFileSystemEntries(Drives) : [])
            File.Delete(link);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(TimeSpan limit, string program, string[] arguments, bool isWine)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Files };
        if (isWine)
            Isolate(start);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput);
        var error = ReadAsync(process.StandardError);
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took too long. {output} {error}");
        }

        // Programs that it started and that stay may hold its streams.
        await Task.WhenAny(Task.WhenAll(output.Done, error.Done), Task.Delay(TimeSpan.FromSeconds(1)));
        return (process.ExitCode, output.ToString(), error.ToString());
    }

    private void Isolate(ProcessStartInfo start)
    {
        ProgramRun.Isolate(start, _folder.Path);
        start.Environment["WINEPREFIX"] = Path.Combine(_folder.Path, "prefix");
        start.Environment["WINEARCH"] = "win64";
        start.Environment["WINEDEBUG"] = "-all";

        // A new one would have Mono and Gecko installed, which nothing here needs; later on .NET's assemblies are loaded by way of "mscoree". Entries of this desktop's menus are none of its business.
        start.Environment["WINEDLLOVERRIDES"] = start.ArgumentList.Contains("wineboot") ? "mscoree=;mshtml=;winemenubuilder.exe=" : "mshtml=;winemenubuilder.exe=";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("DISPLAY");

        // .NET's double mapping of compiled code ends in "Internal CLR error" when Wine frees some of it.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
    }

    private static StreamText ReadAsync(StreamReader reader) => new(reader);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }

    private sealed class StreamText
    {
        private readonly StringBuilder _text = new();

        public StreamText(StreamReader reader) => Done = ReadAsync(reader);

        public Task Done { get; }

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }

        private async Task ReadAsync(StreamReader reader)
        {
            var buffer = new char[4096];
            while (await reader.ReadAsync(buffer) is > 0 and var count)
            {
                lock (_text)
                    _text.Append(buffer, 0, count);
            }
        }
    }
}
