using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using AltSendme.TestKit;

namespace AltSendme.EndToEnd.Tests;

/// <summary>
/// docs/plugins/README.md, followed word for word in a fresh folder outside the repository: its files are written, its commands are run, with the packages alone and without a network. Changed are only
/// the port, so that tests can run beside each other, and the ticket, which nobody can know before.
/// </summary>
public sealed partial class GuideTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _staying = [];
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly StringBuilder _log = new();
    private readonly int _port = FreePort();
    private string _ticket = "TICKET";

    private string Work => Path.Combine(_folder.Path, "work");

    private string Packages => Path.Combine(_folder.Path, "packages");

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Work);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _staying)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _limit.Dispose();
        _folder.Dispose();
    }

    [ToolFact("bash", "install bash")]
    public async Task The_guide_leads_from_nothing_to_a_relay_that_carries_a_transfer()
    {
        var root = Root();
        await RunAsync($"dotnet msbuild '{root}/integrations/packaging/Packages.proj' -nologo -v:quiet -p:PackageFeed='{Packages}/'", inherit: true);

        // No source but the one of the guide. What the packages need besides is what this repository was built with.
        _folder.Write("home/.nuget/NuGet/NuGet.Config", $"""
            <configuration>
              <packageSources><clear /></packageSources>
              <fallbackPackageFolders><add key="restored" value="{RestoredPackages()}" /></fallbackPackageFolders>
            </configuration>
            """);

        foreach (var step in Steps(await File.ReadAllTextAsync(Path.Combine(root, "docs", "plugins", "README.md"))))
        {
            var text = step.Text.Replace("7070", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("TICKET", _ticket, StringComparison.Ordinal);
            if (step.File is { } file)
                _folder.Write($"work/{file}", step.Text);
            else if (step.Stays)
                await StartAsync(text);
            else
                await RunAsync(text);
        }

        Assert.Equal("carried by a hub\n", await File.ReadAllTextAsync(Path.Combine(Work, "received", "hello.txt")));
        Assert.StartsWith("blob", _ticket, StringComparison.Ordinal);

        // The templates that the guide only names pass their own tests as they are made.
        foreach (var (kind, name) in new[] { ("discovery", "Found"), ("transport", "Carried") })
            await RunAsync($"mkdir ../{name} && cd ../{name} && cp ../work/nuget.config . && dotnet new altsendme-{kind}-plugin -n {name} -o . && dotnet test {name}.Tests");
    }

    private static IEnumerable<Step> Steps(string page)
    {
        string? file = null;
        foreach (Match part in Part().Matches(page))
        {
            if (part.Groups["file"] is { Success: true } name)
            {
                file = name.Value;
                continue;
            }

            var language = part.Groups["language"].Value;
            if (language is "bash" or "bash stays")
                yield return new Step(null, part.Groups["text"].Value, language == "bash stays");
            else if (language != "console")
                yield return new Step(file ?? throw new InvalidOperationException($"A block of {language} has no file name."), part.Groups["text"].Value, false);
            file = null;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("AltSendme.sln was not found above the tests.");
        return folder.FullName;
    }

    private static string RestoredPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task RunAsync(string script, bool inherit = false)
    {
        using var process = Start(script, inherit);
        var output = process.StandardOutput.ReadToEndAsync(_limit.Token);
        var error = process.StandardError.ReadToEndAsync(_limit.Token);
        await process.WaitForExitAsync(_limit.Token);
        _log.Append(System.Globalization.CultureInfo.InvariantCulture, $"$ {script}\n{await output}{await error}\n");
        Assert.True(process.ExitCode == 0, $"A step of the guide ended with {process.ExitCode}.\n{_log}");
    }

    // One that stays says in its first line what others need: the hub its URL, the sender its ticket.
    private async Task StartAsync(string script)
    {
        var process = Start(script, inherit: false);
        _staying.Add(process);
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, e) => error.AppendLine(e.Data);
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync(_limit.Token);
        Assert.True(line is not null, $"'{script}' ended: {error}\n{_log}");
        if (line.StartsWith("blob", StringComparison.Ordinal))
            _ticket = line;
    }

    private Process Start(string script, bool inherit)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = Work, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        // Nothing that is left running holds the pipes open, or knows this test's folders later.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        if (!inherit)
        {
            var home = Path.Combine(_folder.Path, "home");
            Directory.CreateDirectory(home);
            start.Environment["HOME"] = home;
            start.Environment["DOTNET_CLI_HOME"] = home;
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder.Path, "restored");
            start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
            start.Environment["XDG_DATA_HOME"] = Path.Combine(home, ".local", "share");
            start.Environment["ALTSENDME_PACKAGES"] = Packages;
            start.Environment["ALTSENDME_Listen__Addresses__0"] = "127.0.0.1";
            start.Environment["ALTSENDME_Relays__Mode"] = "disabled";
            start.Environment["ALTSENDME_Discovery__Mode"] = "off";
            start.Environment["PATH"] = $"{ProgramRun.ProgramFolder}{Path.PathSeparator}{start.Environment["PATH"]}";
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    [GeneratedRegex(@"^(?:`(?<file>[^`\n]+)`:|```(?<language>[a-z ]+)\n(?<text>.*?)^```)$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();

    private sealed record Step(string? File, string Text, bool Stays);
}
