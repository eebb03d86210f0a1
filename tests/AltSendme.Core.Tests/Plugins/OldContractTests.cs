using AltSendme.Abstractions;
using AltSendme.Core.Identity;
using AltSendme.Core.Plugins;
using AltSendme.Core.Receiving;
using AltSendme.Core.Sending;
using AltSendme.Core.Settings;
using AltSendme.Core.Tests.Sessions;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Plugins;

/// <summary>Plugins that were built for a contract version when it was new (tests/contracts) still work.</summary>
public sealed class OldContractTests : IDisposable
{
    private static readonly string Root = FindRoot();

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    public static TheoryData<string> Versions => [.. Directory.EnumerateDirectories(Root).Select(static folder => Path.GetFileName(folder))];

    public void Dispose()
    {
        _limit.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_version_that_this_program_loads_is_kept()
    {
        var minors = Enumerable.Range(0, ContractVersion.Current.Minor + 1).Select(static minor => new ContractVersion(ContractVersion.Current.Major, minor).ToString());

        Assert.Empty(minors.Except(Directory.EnumerateDirectories(Root).Select(static folder => Path.GetFileName(folder))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_transport_of_that_time_carries_a_transfer(string version)
    {
        // .NET has no TLS 1.3 for servers on macOS.
        if (OperatingSystem.IsMacOS())
            return;
        await using var services = Open(version);
        var content = new byte[1_000_000];
        Seeds.Random().NextBytes(content);
        var file = _folder.Write("big.bin", content);
        await using var share = await ShareSession.OpenAsync(services, new ShareRequest { Paths = [file] }, new EventLog(), _limit.Token);
        var running = share.RunAsync(new EventLog(), _limit.Token);

        var request = new ReceiveRequest { Ticket = BlobTicket.Parse(share.Ready.Text), Destination = Path.Combine(_folder.Path, "in"), Consent = static (_, _) => ValueTask.FromResult(true) };
        var completed = await new ReceiveSession(services, request, new EventLog()).RunAsync(_limit.Token);
        await running;

        Assert.Equal(content, await File.ReadAllBytesAsync(Assert.Single(completed.Paths)));
        Assert.Empty(services.Plugins.Faults);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_relay_of_that_time_carries_datagrams(string version)
    {
        await using var services = Open(version);
        using var one = EndpointKey.Generate();
        using var other = EndpointKey.Generate();
        var url = new Uri("https://relay.example/");
        var offer = Assert.Single(await services.Plugins.StartAsync(PluginKind.Relay, _limit.Token)).Offer;
        await using var near = offer.Relay!(new RelayContext(one, url));
        await using var far = offer.Relay!(new RelayContext(other, url));

        await near.SendAsync(new RelayDatagrams(other.Id, new byte[] { 1, 2, 3 }, 3), _limit.Token);

        var received = await far.ReceiveAsync(new byte[64 * 1024], _limit.Token);
        Assert.Equal(one.Id, received.Datagrams.Peer);
        Assert.Equal([1, 2, 3], received.Datagrams.Contents.ToArray());
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "contracts")))
            folder = folder.Parent ?? throw new InvalidOperationException("tests/contracts was not found above the tests.");
        return Path.Combine(folder.FullName, "tests", "contracts");
    }

    private CoreServices Open(string version)
    {
        var settings = _folder.Write("user.json", """{"Listen":{"Addresses":["127.0.0.1"]},"Relays":{"Mode":"disabled"},"Discovery":{"Mode":"off"}}""");
        return CoreServices.Open(new SettingsFiles(Path.Combine(_folder.Path, "machine.json"), settings, Path.Combine(_folder.Path, "state")), [(Path.Combine(Root, version), PluginOrigin.User)]);
    }
}
