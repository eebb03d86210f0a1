using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AltSendme.Bench.Contenders;

/// <summary>The published command line.</summary>
internal sealed class AltSendmeContender(string publishedFolder, string workFolder) : IContender
{
    /// <summary>The folder that users would unpack.</summary>
    public string PublishedFolder { get; } = publishedFolder;

    /// <summary>The same program with one plugin alone, in a folder of its own: what it does then, it does over that transport.</summary>
    /// <param name="plugin">The plugin's id.</param>
    public AltSendmeContender With(string plugin)
    {
        var folder = Path.Combine(workFolder, $"only-{plugin}");
        foreach (var file in Directory.EnumerateFiles(PublishedFolder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(PublishedFolder, file);
            if (name.StartsWith("plugins" + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !name.StartsWith(Path.Combine("plugins", plugin) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return new AltSendmeContender(folder, workFolder);
    }

    public ProcessStartInfo Send(string path, string stateFolder) => Command(stateFolder, "send", path, "--json", "--ticket-type", "addresses");

    public ProcessStartInfo Receive(string ticket, string destination, string stateFolder) => Command(stateFolder, "receive", ticket, "-o", destination, "--yes", "--json");

    public ProcessStartInfo SendInBackground(string path, string stateFolder) => Command(stateFolder, "send", path, "--background", "--json");

    public ProcessStartInfo ListShares(string stateFolder) => Command(stateFolder, "shares", "list");

    public ProcessStartInfo ServiceStatus(string stateFolder) => Command(stateFolder, "service", "status", "--json");

    public ProcessStartInfo StopService(string stateFolder) => Command(stateFolder, "service", "stop");

    /// <summary>A real Nautilus whose entry is chosen that many times; prints the milliseconds of each.</summary>
    public ProcessStartInfo Click(string folder, int times, string stateFolder)
    {
        var start = Command(stateFolder);
        start.ArgumentList.Add(start.FileName);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(times.ToString(CultureInfo.InvariantCulture));
        start.FileName = Path.Combine(Environment.GetEnvironmentVariable("BENCH_SCRIPTS")!, "..", "desktop", "click-to-clipboard");
        return start;
    }

    public ProcessStartInfo Version() => Command(workFolder, "version");

    private ProcessStartInfo Command(string stateFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(PublishedFolder, "altsendme"), arguments);

        // The benchmark compares two machines that reach each other, and contacts nobody else.
        start.Environment["ALTSENDME_Relays__Mode"] = "disabled";
        start.Environment["ALTSENDME_Discovery__Mode"] = "off";
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        foreach (var variable in (string[])["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"])
            start.Environment[variable] = Path.Combine(stateFolder, variable);
        return start;
    }
}
