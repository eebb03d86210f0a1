using System.CommandLine;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AltSendme.Abstractions;
using AltSendme.Blobs.Blake3;
using AltSendme.Cli.Rendering;
using AltSendme.Core;
using AltSendme.Core.Discovery;
using AltSendme.Core.Plugins;
using AltSendme.Core.Progress;
using AltSendme.Core.Relays;
using AltSendme.Core.Settings;
using AltSendme.Primitives.Cryptography;

namespace AltSendme.Cli.Commands;

/// <summary><c>altsendme doctor</c>: what works on this machine and what does not. Contacts nobody; ends with 0 when everything that a transfer needs is there.</summary>
internal static class DoctorCommand
{
    private enum Verdict
    {
        Ok,
        Note,
        Fault,
    }

    public static Command Create()
    {
        var command = new Command("doctor", "Check what works on this machine and what does not. Contacts nobody.");
        command.SetAction(static (result, cancellationToken) => CommandRun.GuardAsync(result, null, "Stopped.", () => RunAsync(result, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var faults = 0;
        await foreach (var (verdict, text) in CheckAsync(result, cancellationToken))
        {
            faults += verdict == Verdict.Fault ? 1 : 0;
            Console.WriteLine($"{Mark(verdict)} {SafeText.Of(text)}");
        }

        Console.WriteLine(faults == 0 ? "Everything that a transfer needs is here." : $"{faults} of these must be solved before files can be transferred.");
        return faults == 0 ? ExitCodes.Done : ExitCodes.Plugin;
    }

    private static async IAsyncEnumerable<(Verdict Verdict, string Text)> CheckAsync(ParseResult result, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return (Verdict.Ok, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}), {Environment.ProcessorCount} cores");
        yield return (Verdict.Ok, $"BLAKE3 runs with {Subtree.Instructions}");
        yield return Signatures();
        yield return Tls();
        yield return Listen(AddressFamily.InterNetwork, "IPv4", Verdict.Fault);
        yield return Listen(AddressFamily.InterNetworkV6, "IPv6", Verdict.Note);

        await using var services = CommandRun.OpenServices(result);
        yield return (Verdict.Ok, "the settings can be used");
        foreach (var check in await PluginsAsync(services, cancellationToken))
            yield return check;
        yield return Relays(services);
        yield return Discovery(services);
        yield return Folder(Directory.GetCurrentDirectory());
    }

    private static (Verdict, string) Signatures()
    {
        Span<byte> secret = stackalloc byte[32];
        Span<byte> key = stackalloc byte[32];
        Span<byte> signature = stackalloc byte[64];
        Ed25519.DerivePublicKey(secret, key);
        Ed25519.Sign(secret, "doctor"u8, signature);
        return Ed25519.Verify(key, "doctor"u8, signature)
            ? (Verdict.Ok, $"Ed25519 signatures work ({(Ed25519.UsesLibCrypto ? "OpenSSL" : "managed code, since libcrypto was not found")})")
            : (Verdict.Fault, "Ed25519 signatures do not verify; reinstall OpenSSL's libcrypto");
    }

    private static (Verdict, string) Tls()
    {
        try
        {
            // Touches the platform's TLS library, which throws where it is missing.
            using var stream = new SslStream(new MemoryStream());
            _ = CipherSuitesPolicySupported();
            return (Verdict.Ok, "TLS is there");
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or PlatformNotSupportedException)
        {
            return (Verdict.Fault, $"TLS is missing: install OpenSSL (libssl). {exception.Message}");
        }
    }

    private static bool CipherSuitesPolicySupported()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || !OperatingSystem.IsLinux())
            return false;
        _ = new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256]);
        return true;
    }

    private static (Verdict, string) Listen(AddressFamily family, string name, Verdict otherwise)
    {
        try
        {
            using var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0));
            socket.Listen();
            return (Verdict.Ok, $"{name} can be listened on");
        }
        catch (SocketException exception)
        {
            return (otherwise, $"{name} can't be listened on: {exception.Message}");
        }
    }

    private static async Task<IReadOnlyList<(Verdict, string)>> PluginsAsync(CoreServices services, CancellationToken cancellationToken)
    {
        var checks = new List<(Verdict, string)>();
        var transports = 0;
        foreach (var kind in Enum.GetValues<PluginKind>())
        {
            foreach (var plugin in await services.Plugins.StartAsync(kind, cancellationToken))
            {
                checks.Add((Verdict.Ok, $"the plugin {plugin.Manifest.Id} {plugin.Manifest.Version} works{(SystemNeeds.Found(plugin.Manifest) is { } found ? $", with {found}" : "")}"));
                transports += kind == PluginKind.Transport ? 1 : 0;
            }
        }

        checks.AddRange(services.Plugins.Folders.Where(static folder => !folder.IsUsable).Select(static folder => (Verdict.Note, $"the plugin {folder.Name} is skipped: {folder.SkippedBecause} ({folder.Path})")));
        checks.AddRange(services.Plugins.Faults.Select(static (PluginException fault) => (Verdict.Note, fault.Message)));
        if (transports == 0)
            checks.Add((Verdict.Fault, "no transport plugin works, so no peer can be reached; reinstall the program or a transport plugin"));
        return checks;
    }

    private static (Verdict, string) Relays(CoreServices services)
    {
        var relays = RelayList.Of(services.Settings.Relays);
        if (relays.Count == 0)
            return (Verdict.Note, "relays are switched off; peers must be able to reach each other directly");
        var used = services.Plugins.Folders.Any(static folder => folder.IsUsable && folder.Manifest.Kind == PluginKind.Transport && folder.Manifest.Schemes.Contains(EndpointAddress.RelayScheme));
        return (Verdict.Ok, $"relays: {string.Join(", ", relays.Select(static relay => relay.Host))}{(used ? "" : " (not contacted: no transport here uses relays)")}");
    }

    private static (Verdict, string) Discovery(CoreServices services)
    {
        var settings = services.Settings.Discovery;
        if (settings.Mode == DiscoveryMode.Off)
            return (Verdict.Note, "discovery is switched off; a ticket has to name the way");
        var used = DiscoveryChoice.Of(services);
        return used.Count == 0
            ? (Verdict.Note, "no discovery service is in use; a ticket has to name the way")
            : (Verdict.Ok, $"discovery: {string.Join(", ", used.Select(DiscoveryChoice.NameOf))} (asked when a ticket leads nowhere; told of {Told(settings.Publish)})");
    }

    private static string Told(PublishRule rule) => rule switch
    {
        PublishRule.Always => "every share",
        PublishRule.Never => "no share",
        _ => "shares whose ticket names no way",
    };

    private static (Verdict, string) Folder(string folder)
    {
        try
        {
            var probe = Path.Combine(folder, $".altsendme-doctor-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return (Verdict.Ok, $"this folder can be received into; {ByteText.Of(new DriveInfo(folder).AvailableFreeSpace)} are free");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (Verdict.Note, $"this folder can't be received into: {exception.Message}");
        }
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok   ",
        Verdict.Note => "note ",
        _ => "FAULT",
    };
}
