using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using AltSendme.Abstractions;
using AltSendme.Cli.Integrations;
using AltSendme.Core.Errors;
using AltSendme.Core.Identity;
using AltSendme.Core.Policy;
using AltSendme.Core.Settings;
using AltSendme.Core.Tickets;
using AltSendme.Service.Client;

namespace AltSendme.Cli.Tests;

/// <summary>Holds docs/errors.md and the sources together: every code stands on the page, with the exit code that the program gives it.</summary>
public sealed partial class ErrorPageTests
{
    private static readonly string[] OfTheCommand = ["interrupted", "unexpected"];

    private static readonly Dictionary<string, int> Page = ReadPage();

    private static readonly Dictionary<string, AltSendmeException> Thrown = ((AltSendmeException[])
    [
        .. Codes(typeof(TicketCodes)).Select(static code => new TicketException(code, "")),
        .. Codes(typeof(PolicyCodes)).Select(static code => new PolicyException(code, "")),
        .. Codes(typeof(IdentityCodes)).Select(static code => new StorageException(code, "")),
        .. Codes(typeof(ErrorCodes)).Where(static code => code.StartsWith("source.", StringComparison.Ordinal) || code.StartsWith("store.", StringComparison.Ordinal)).Select(static code => new StorageException(code, "")),
        new PeerUnreachableException(ErrorCodes.PeerUnreachable, ""),
        new PeerUnreachableException(ErrorCodes.PeerNoAddress, ""),
        new PeerUnreachableException(ErrorCodes.PeerLost, ""),
        new PeerUnreachableException(ErrorCodes.NoSenderLeft, ""),
        new PeerUnreachableException("peer.other-key", ""),
        new ConnectionLostException(new ConnectionClosure(CloseInitiator.Transport, CloseCode.None, "")),
        new StreamAbortedException(CloseCode.None),
        new TransferAbortedException(ErrorCodes.PeerLacksContent, ""),
        new TransferAbortedException(ErrorCodes.PeerAborted, ""),
        new TransferAbortedException(ErrorCodes.ShareOver, ""),
        new TransferAbortedException(ErrorCodes.Declined, ""),
        new TransferAbortedException(ErrorCodes.ConsentNeeded, ""),
        new VerificationException(ErrorCodes.ContentCorrupt, ""),
        new VerificationException(ErrorCodes.ContentRefused, ""),
        new SettingsException(""),
        .. Codes(typeof(ServiceCodes)).Select(static code => new ServiceException(code, "")),
        .. Codes(typeof(IntegrationCodes)).Select(static code => new IntegrationException(code, "")),
        new PluginException(ErrorCodes.NoTransport, ""),
        new PluginException(ErrorCodes.PluginUnusable, ""),
        new PluginException(ErrorCodes.PluginPackage, ""),
        new PluginException(ErrorCodes.PluginExists, ""),
        new PluginException(ErrorCodes.PluginNotInstalled, ""),
        new PluginException("plugin.no-relay", ""),
        new PluginException("relay.settings", ""),
        new PolicyException("relay.disabled", ""),
        new TransportException("relay.refused", ""),
        new DiscoveryException("pkarr.unreachable", ""),
        new DiscoveryException("pkarr.refused", ""),
        new DiscoveryException("pkarr.publish-off", ""),
        new PluginException("pkarr.settings", ""),
        new DiscoveryException("dns.no-answer", ""),
        new PluginException("dns.settings", ""),
        new DiscoveryException("mdns.unavailable", ""),
        new PluginException("mdns.settings", ""),
        new PluginException("iroh.settings", ""),
        new TransportException("iroh.port-taken", ""),
        new TransportException("iroh.listen", ""),
        new PluginException("tls.platform", ""),
        new TransportException("tls.port-taken", ""),
        new TransportException("tls.listen", ""),
        new TransportException("tls.handshake", ""),
        new TransportException("tls.protocol-violation", ""),
        new PluginException("msquic.missing", ""),
        new PluginException("msquic.settings", ""),
        new TransportException("msquic.listen", ""),
        new TransportException("msquic.handshake", ""),
        new TransportException("stream.ended", ""),
    ]).ToDictionary(static exception => exception.Code, StringComparer.Ordinal);

    public static TheoryData<string> ThrownCodes => [.. Thrown.Keys];

    [Fact]
    public void Every_code_in_the_sources_stands_on_the_page() => Assert.Empty(InSources().Except(Page.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_on_the_page_is_in_the_sources() => Assert.Empty(Page.Keys.Except(InSources()).Except(OfTheCommand).Order(StringComparer.Ordinal));

    [Fact]
    public void No_code_on_the_page_goes_without_a_check_of_its_exit_code() => Assert.Empty(Page.Keys.Except(Thrown.Keys).Except(OfTheCommand).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(ThrownCodes))]
    public void The_exit_code_on_the_page_is_the_one_that_scripts_get(string code) => Assert.Equal(ExitCodes.Of(Thrown[code]), Page[code]);

    [Fact]
    public void What_the_command_itself_reports_has_the_exit_codes_of_the_page()
    {
        Assert.Equal(ExitCodes.Interrupted, Page["interrupted"]);
        Assert.Equal(ExitCodes.Unexpected, Page["unexpected"]);
    }

    // The constants, and what exceptions are made with in place: plugins share no class of constants with the core. The kit and the templates for authors make codes up.
    private static HashSet<string> InSources()
    {
        var codes = new HashSet<string>([.. Codes(typeof(ErrorCodes)), .. Codes(typeof(TicketCodes)), .. Codes(typeof(IdentityCodes)), .. Codes(typeof(PolicyCodes)), .. Codes(typeof(ServiceCodes)), .. Codes(typeof(IntegrationCodes))], StringComparer.Ordinal);
        foreach (var folder in (ReadOnlySpan<string>)["core", "plugins"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Where(static file => !Repository.IsBuilt(file) && !file.Contains("Plugins.Testing", StringComparison.Ordinal) && !file.Contains("Plugins.Templates", StringComparison.Ordinal)))
                codes.UnionWith(CodeOfException().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value));
        }

        return codes;
    }

    private static IEnumerable<string> Codes(Type constants) =>
        constants.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!);

    private static Dictionary<string, int> ReadPage() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "errors.md")).Select(static line => PageRow().Match(line)).Where(static match => match.Success)
            .ToDictionary(static match => match.Groups[1].Value, static match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    [GeneratedRegex(@"Exception\(\s*""([a-z]+(?:\.[a-z-]+)+)""")]
    private static partial Regex CodeOfException();

    [GeneratedRegex(@"^\| `([a-z.-]+)` \|.*\| (\d+) \|$")]
    private static partial Regex PageRow();
}
