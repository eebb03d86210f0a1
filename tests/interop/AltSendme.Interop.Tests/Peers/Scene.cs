using System.Diagnostics;
using AltSendme.EndToEnd.Tests;
using AltSendme.TestKit;

namespace AltSendme.Interop.Tests.Peers;

/// <summary>A folder, and a network namespace that has nothing but loopback, in which our real program and real peers run beside each other. Disposing it ends the namespace; what runs in it is disposed before.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(30);
    private static readonly (string, string)[] Patience = [("ALTSENDME_Receive__StallAfter", "00:00:01"), ("ALTSENDME_Receive__RetryFor", "00:00:20")];

    private readonly Process _holder;
    private readonly TemporaryFolder _folder = new();

    private Scene(Process holder)
    {
        _holder = holder;
    }

    private string[] Inside => [SourceTree.PathOf("tests/interop/peers/inside"), $"{_holder.Id}"];

    public static Task<Scene> OpenAsync() => OpenAsync([]);

    private static async Task<Scene> OpenAsync(string[] launcher)
    {
        string[] command = [.. launcher, PeerEnvironment.Isolated, "sh", "-c", "echo ready; exec cat"];
        var holder = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var scene = new Scene(holder);
        Assert.Equal("ready", await holder.StandardOutput.ReadLineAsync());
        return scene;
    }

    /// <summary>A path inside the folder, its parent made.</summary>
    public string At(params string[] parts) => _folder.At(parts);

    /// <summary>Starts our program.</summary>
    public ProgramRun Start(params string[] arguments) => ProgramRun.Start(_folder.Path, Patience, arguments, Inside);

    /// <summary>Starts our program with a setting of its own.</summary>
    public ProgramRun Start((string Name, string Value) setting, params string[] arguments) => Start([setting], arguments);

    /// <summary>Starts our program with settings of its own.</summary>
    public ProgramRun Start((string Name, string Value)[] settings, params string[] arguments) => ProgramRun.Start(_folder.Path, [.. Patience, .. settings], arguments, Inside);

    /// <summary>Starts our program on a machine with a policy.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public ProgramRun Start(MachinePolicy policy, (string Name, string Value)[] settings, params string[] arguments) => ProgramRun.Start(_folder.Path, [.. Patience, .. settings], arguments, [.. Inside, .. policy.Launcher]);

    /// <summary>Runs our program to its end.</summary>
    public async Task<(int ExitCode, IReadOnlyList<string> Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        var exitCode = await run.EndAsync();
        return (exitCode, await run.RestAsync(), run.Error);
    }

    /// <summary>Starts our relay, and waits until it listens.</summary>
    public Task<RelayRun> RelayAsync(string listen, params string[] settings) => RelayRun.StartAsync(Inside, listen, settings);

    /// <summary>Starts a peer's script, named within <c>tests/interop/peers</c>.</summary>
    public PeerProcess Peer(string script) => PeerProcess.Start($"tests/interop/peers/{script}", Inside);

    /// <summary>Starts a peer's script for which a file takes the place of the system's list of DNS servers.</summary>
    public PeerProcess Peer(string script, string resolvConf) =>
        PeerProcess.Start($"tests/interop/peers/{script}", [.. Inside, "unshare", "--mount", "sh", "-c", $"mount --bind '{resolvConf}' /etc/resolv.conf && exec \"$@\"", "peer"]);

    /// <summary>Runs commands in the folder.</summary>
    public Task ShellAsync(string commands) => CommandAsync("sh", "-c", $"set -e; cd '{_folder.Path}'; {commands}");

    /// <summary>Takes the link down or up again.</summary>
    public Task SetLinkAsync(bool up) => CommandAsync("ip", "link", "set", "lo", up ? "up" : "down");

    /// <summary>Drops every UDP packet from here on.</summary>
    public Task DropUdpAsync() => CommandAsync("nft", "add table inet cut; add chain inet cut out { type filter hook output priority 0; }; add rule inet cut out meta l4proto udp drop");

    /// <summary>Drops every TCP packet from here on but those to and from a port.</summary>
    public Task DropTcpButAsync(int port) => CommandAsync("nft", $"add table inet narrow; add chain inet narrow out {{ type filter hook output priority 0; }}; add rule inet narrow out tcp dport {port} accept; add rule inet narrow out tcp sport {port} accept; add rule inet narrow out meta l4proto tcp drop");

    /// <summary>A namespace of its own that a cable joins with this one, and through this one with the others that are wired to it. Its address is 10.77.<paramref name="number"/>.2, this one's 10.77.<paramref name="number"/>.1.</summary>
    public async Task<Scene> WireAsync(int number)
    {
        var far = await OpenAsync(Inside);
        await CommandAsync("sh", "-c", $"ip link add near{number} type veth peer name far netns {far._holder.Id} && ip address add 10.77.{number}.1/24 dev near{number} && ip link set near{number} up && echo 1 > /proc/sys/net/ipv4/ip_forward");
        await far.CommandAsync("sh", "-c", $"ip address add 10.77.{number}.2/24 dev far && ip link set far up && ip route add default via 10.77.{number}.1");
        return far;
    }

    /// <summary>Forbids UDP from here on, without a firewall: before the rule that finds local addresses comes one that refuses it.</summary>
    public Task ForbidUdpAsync() => CommandAsync("sh", "-c", "for family in -4 -6; do ip $family rule add pref 1 lookup local && ip $family rule add pref 0 ipproto udp prohibit && ip $family rule del pref 0 lookup local || exit 1; done");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        _folder.Dispose();
    }

    private async Task CommandAsync(params string[] command)
    {
        using var limit = new CancellationTokenSource(CommandLimit);
        var inside = Inside;
        using var process = Process.Start(new ProcessStartInfo(inside[0], [.. inside[1..], .. command]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {error}");
    }
}
