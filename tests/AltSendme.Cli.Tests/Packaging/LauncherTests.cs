using System.Diagnostics;
using AltSendme.TestKit;

namespace AltSendme.Cli.Tests.Packaging;

/// <summary>The script that stands for the host program on macOS, run with a stand-in for dotnet.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_runs_the_program_beside_it_whichever_links_lead_to_it()
    {
        var program = Write("lib/alt send/altsendme", (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "integrations", "packaging", "macos", "launcher"))).Replace("@PROGRAM@", "altsendme", StringComparison.Ordinal));
        Write("dot net/dotnet", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        File.CreateSymbolicLink(_folder.At("bin", "first"), program);
        File.CreateSymbolicLink(_folder.At("bin", "second"), "first");

        var output = await RunAsync(Path.Combine(_folder.Path, "bin", "second"), "send", "a b", "$(touch pwned)");

        Assert.Equal([Path.Combine(_folder.Path, "lib", "alt send", "altsendme.dll"), "send", "a b", "$(touch pwned)"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private string Write(string name, string text)
    {
        var path = _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [program, .. arguments]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = Path.Combine(_folder.Path, "dot net");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
