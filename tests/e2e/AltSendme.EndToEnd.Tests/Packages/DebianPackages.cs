using System.Diagnostics;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests.Packages;

/// <summary>The Debian packages, built once by the command that makes them.</summary>
public sealed class DebianPackages : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<string>> _built;

    public DebianPackages() => _built = new Lazy<Task<string>>(() => BuildAsync("first"));

    /// <summary>The folder with the packages.</summary>
    public Task<string> FolderAsync() => _built.Value;

    /// <summary>Packs once more, and gives that folder.</summary>
    public async Task<string> AgainAsync()
    {
        await FolderAsync();
        return await BuildAsync("again");
    }

    /// <summary>An empty folder.</summary>
    public string Scratch() => Directory.CreateDirectory(_folder.At("scratch")).FullName;

    /// <summary>The package of a name in a folder.</summary>
    public static string Find(string folder, string name) => Assert.Single(Directory.EnumerateFiles(folder, $"{name}_*.deb"));

    /// <summary>Runs a program to its end and gives what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Where the runtime of this test is, the programs find theirs.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")).TrimEnd('/');
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> BuildAsync(string name)
    {
        var folder = Path.GetDirectoryName(_folder.At(name, "x"))!;
        var (exitCode, _, error) = await RunAsync(Path.Combine(Root(), "integrations", "packaging", "build"), "--output", folder, "deb");
        Assert.True(exitCode == 0, error);
        return folder;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }
}
